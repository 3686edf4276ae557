package io.github.hubbleexport.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.hubbleexport.bench.rival.Configuration;
import io.github.hubbleexport.bench.rival.Rival;
import io.github.hubbleexport.bench.rival.WireEvents;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.ShapedEvents;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** From wire bytes to lines with every field, for small events (fewer labels) and large ones (more HTTP headers). */
public class SizeBenchmark extends WayBenchmark {

    /** All events together take no more memory than those of the other benchmarks. */
    private static final int TOTAL_BYTES = 24 << 20;

    /** About how many bytes an event has on the wire. */
    @Param({"300", "1200", "4096", "16384", "65536"})
    public int bytes = 300;

    /** Proves that the lines are right, makes the events and opens the way. */
    @Setup(Level.Trial)
    public void open() throws InvalidProtocolBufferException {
        Rival.WIRE.check(Configuration.NONE);
        WireEvents all = Corpus.events();
        byte[][] sized = new byte[Math.max(1, Math.min(all.count(), TOTAL_BYTES / bytes))][];
        for (int i = 0; i < sized.length; i++) {
            sized[i] = ShapedEvents.sized(ExportEvent.parseFrom(all.copy(i)), bytes)
                    .toByteArray();
        }
        time(Rival.WIRE.openWarm(Configuration.NONE, new WireEvents(sized)), sized.length);
    }
}
