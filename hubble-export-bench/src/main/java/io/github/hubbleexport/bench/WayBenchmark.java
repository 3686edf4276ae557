package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.bench.rival.EventWay;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.TearDown;

/** What is common to benchmarks that send events one of the ways to a line. */
public abstract class WayBenchmark extends EventBenchmark {

    private int events;
    private @Nullable EventWay way;

    /** The way that is timed, with the number of events that it takes. */
    final void time(EventWay opened, int count) {
        way = opened;
        events = count;
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
