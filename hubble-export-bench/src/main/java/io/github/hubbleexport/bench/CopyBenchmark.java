package io.github.hubbleexport.bench;

import io.github.hubbleexport.bench.rival.ReadyLines;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/**
 * What nobody can do without: the bytes of an event are copied in once, and as many bytes as its line has are copied out
 * once, from one buffer to another that both stay in the caches.
 */
public class CopyBenchmark extends EventBenchmark {

    private byte[][] events = {};
    private int[] lineLengths = {};
    private byte[] in = {};
    private byte[] line = {};
    private byte[] out = {};

    /** Learns the lengths. */
    @Setup(Level.Trial)
    public void open() {
        events = Corpus.events();
        ReadyLines lines = new ReadyLines(events);
        lineLengths = new int[events.length];
        Arrays.setAll(lineLengths, i -> lines.bytes(i).length);
        in = new byte
                [Arrays.stream(events).mapToInt(event -> event.length).max().orElseThrow()];
        line = new byte[Arrays.stream(lineLengths).max().orElseThrow()];
        out = new byte[line.length];
    }

    /** One event. */
    @Benchmark
    public int copy() {
        int i = next(events.length);
        byte[] event = events[i];
        System.arraycopy(event, 0, in, 0, event.length);
        System.arraycopy(line, 0, out, 0, lineLengths[i]);
        return in[0] + out[0];
    }
}
