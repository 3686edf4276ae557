package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.hubbleexport.bench.rival.Configuration;
import io.github.hubbleexport.bench.rival.EventWay;
import io.github.hubbleexport.bench.rival.Rival;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.ShapedEvents;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** From wire bytes to lines with every field, for small events (fewer labels) and large ones (more HTTP headers). */
public class SizeBenchmark extends EventBenchmark {

    /** All events together take no more memory than those of the other benchmarks. */
    private static final int TOTAL_BYTES = 24 << 20;

    /** About how many bytes an event has on the wire. */
    @Param({"300", "1200", "4096", "16384", "65536"})
    public int bytes = 300;

    private int events;
    private @Nullable EventWay way;

    /** Proves that the lines are right, makes the events and opens the way. */
    @Setup(Level.Trial)
    public void open() throws InvalidProtocolBufferException {
        Rival.WIRE.check(Configuration.NONE);
        byte[][] all = Corpus.events();
        byte[][] sized = new byte[Math.max(1, Math.min(all.length, TOTAL_BYTES / bytes))][];
        for (int i = 0; i < sized.length; i++) {
            sized[i] = ShapedEvents.sized(ExportEvent.parseFrom(all[i]), bytes).toByteArray();
        }
        events = sized.length;
        way = Rival.WIRE.openWarm(Configuration.NONE, sized);
    }

    /** Closes the way. */
    @TearDown(Level.Trial)
    public void close() {
        requireNonNull(way).close();
    }

    /** One event. */
    @Benchmark
    public int export() {
        return requireNonNull(way).export(next(events));
    }
}
