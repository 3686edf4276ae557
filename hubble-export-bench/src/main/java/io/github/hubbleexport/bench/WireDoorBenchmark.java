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

/** From the wire bytes of an event to its line. */
public class WireDoorBenchmark extends EventBenchmark {

    /** What is asked for. */
    @Param
    public Configuration configuration = Configuration.NONE;

    /** Who does it. */
    @Param({"WIRE", "OBVIOUS", "JACKSON"})
    public Rival rival = Rival.WIRE;

    private int events;
    private @Nullable EventWay way;

    /** Proves that the lines are right, and opens the way. */
    @Setup(Level.Trial)
    public void open() {
        rival.check(configuration);
        byte[][] wire = Corpus.events();
        events = wire.length;
        way = rival.openWarm(configuration, wire);
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
