package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.MessageLite;
import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;
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
 * An exporter as a host builds it, asked with the wire bytes of a cluster's events: nanoseconds an event, one thread.
 * What counts is the ratio of an event that is rejected to one that is written in full.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RejectionBenchmark {

    /** By what events are rejected, if they are. */
    @Param
    public Rejection rejection = Rejection.NONE;

    private byte[][] events = {};
    private @Nullable FlowExporter exporter;
    private int next;

    /** Builds the exporter and proves that it does with every event what it has to. */
    @Setup(Level.Trial)
    public void open() {
        events = ConformanceData.resource("encode/cluster.bin").stream()
                .map(MessageLite::toByteArray)
                .toArray(byte[][]::new);
        exporter = new ExporterBuilder()
                .filters(rejection.filters())
                .sink(new Discard())
                .batchBytes(1)
                .build();
        for (int i = 0; i < events.length; i++) {
            ExportOutcome outcome = export();
            if (outcome != rejection.outcome()) {
                throw new IllegalStateException("event " + i + " is " + outcome);
            }
        }
    }

    /** Closes the exporter. */
    @TearDown(Level.Trial)
    public void close() {
        requireNonNull(exporter).close();
    }

    /** One event. */
    @Benchmark
    public ExportOutcome export() {
        if (next == events.length) {
            next = 0;
        }
        return requireNonNull(exporter).export(events[next++]);
    }

    private static final class Discard extends Sink {

        @Override
        public void write(LineBatch batch) {}
    }
}
