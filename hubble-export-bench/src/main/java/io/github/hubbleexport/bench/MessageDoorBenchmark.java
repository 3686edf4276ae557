package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.bench.rival.Configuration;
import io.github.hubbleexport.bench.rival.EventWay;
import io.github.hubbleexport.bench.rival.Rival;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** From a message that was parsed before to the line with every field. */
public class MessageDoorBenchmark extends EventBenchmark {

    /** Who does it. */
    @Param({"MESSAGE", "JSON_FORMAT"})
    public Rival rival = Rival.MESSAGE;

    private int events;
    private @Nullable EventWay way;

    /** Proves that the lines are right, parses the events and opens the way. */
    @Setup(Level.Trial)
    public void open() {
        rival.check(Configuration.NONE);
        byte[][] wire = Corpus.events();
        events = wire.length;
        way = rival.openWarm(Configuration.NONE, wire);
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
