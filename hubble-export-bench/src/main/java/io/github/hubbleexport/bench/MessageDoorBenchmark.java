package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.bench.rival.Configuration;
import io.github.hubbleexport.bench.rival.EventWay;
import io.github.hubbleexport.bench.rival.Rival;
import io.github.hubbleexport.bench.rival.WireEvents;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From a message that was parsed before to the line with every field. A host has parsed it just now, so the caches hold it.
 * Those of a list of thousands have long left them: then what is timed is how the garbage collector laid them out in memory.
 */
public class MessageDoorBenchmark extends EventBenchmark {

    /** Messages that are handed over one after the other: the caches of a core hold them. */
    private static final int BLOCK = 50;

    /** Who does it. */
    @Param({"MESSAGE", "JSON_FORMAT"})
    public Rival rival = Rival.MESSAGE;

    private final int[] block = new int[BLOCK];
    private int events;
    private @Nullable EventWay way;

    /** Proves that the lines are right, parses the events and opens the way. */
    @Setup(Level.Trial)
    public void open() {
        rival.check(Configuration.NONE);
        WireEvents all = Corpus.events();
        way = rival.openWarm(Configuration.NONE, all);
        events = all.count();
    }

    /** Chooses the next messages, and has them in the caches. */
    @Setup(Level.Invocation)
    public void recall() {
        for (int i = 0; i < BLOCK; i++) {
            block[i] = next(events);
            requireNonNull(way).recall(block[i]);
        }
    }

    /** Closes the way. */
    @TearDown(Level.Trial)
    public void close() {
        requireNonNull(way).close();
    }

    /** The messages of a block. */
    @Benchmark
    @OperationsPerInvocation(BLOCK)
    public int export() {
        EventWay opened = requireNonNull(way);
        int done = 0;
        for (int event : block) {
            done += opened.export(event);
        }
        return done;
    }
}
