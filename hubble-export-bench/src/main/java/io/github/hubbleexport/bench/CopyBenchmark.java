package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.bench.rival.ReadyLines;
import io.github.hubbleexport.bench.rival.WireEvents;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/**
 * What nobody can do without: the bytes of an event are copied in once, and as many bytes as its line has are copied out
 * once, from one buffer to another that both stay in the caches.
 */
public class CopyBenchmark extends EventBenchmark {

    private @Nullable WireEvents events;
    private int[] lineLengths = {};
    private byte[] in = {};
    private byte[] line = {};
    private byte[] out = {};

    /** Learns the lengths. */
    @Setup(Level.Trial)
    public void open() {
        events = Corpus.events();
        ReadyLines lines = new ReadyLines(events);
        lineLengths = new int[events.count()];
        Arrays.setAll(lineLengths, i -> lines.bytes(i).length);
        in = new byte
                [IntStream.range(0, events.count()).map(events::length).max().orElseThrow()];
        line = new byte[Arrays.stream(lineLengths).max().orElseThrow()];
        out = new byte[line.length];
    }

    /** One event. */
    @Benchmark
    public int copy() {
        WireEvents all = requireNonNull(events);
        int i = next(all.count());
        System.arraycopy(all.bytes(), all.offset(i), in, 0, all.length(i));
        System.arraycopy(line, 0, out, 0, lineLengths[i]);
        return in[0] + out[0];
    }
}
