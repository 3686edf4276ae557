package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.MessageLite;
import io.github.hubbleexport.testkit.ConformanceData;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the wire bytes of one event of a cluster to one line: nanoseconds an event, one thread. What counts is the ratio
 * of two ways in one run.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExportBenchmark {

    /** What the exporter is told to do. */
    @Param
    public Configuration configuration = Configuration.NONE;

    /** Who does it. */
    @Param
    public Rival rival = Rival.ENGINE;

    private byte[][] events = {};
    private @Nullable EventWay way;
    private int next;

    /** Opens the way and proves that its lines are right. */
    @Setup(Level.Trial)
    public void open() {
        events = ConformanceData.resource("encode/cluster.bin").stream()
                .map(MessageLite::toByteArray)
                .toArray(byte[][]::new);
        EventWay opened = rival.open(configuration);
        way = opened;
        Rival.check(opened, rival, configuration, events);
    }

    /** Closes the way. */
    @TearDown(Level.Trial)
    public void close() {
        requireNonNull(way).close();
    }

    /** One event. */
    @Benchmark
    public int export() {
        if (next == events.length) {
            next = 0;
        }
        return requireNonNull(way).export(events[next++]);
    }
}
