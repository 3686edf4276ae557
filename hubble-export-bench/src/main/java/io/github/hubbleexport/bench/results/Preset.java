package io.github.hubbleexport.bench.results;

import io.github.hubbleexport.testkit.ClusterEvents;
import java.util.Arrays;
import java.util.Locale;

/** How much is measured, and for how long. */
enum Preset {
    /** An instant of everything in this JVM, to see that it runs; the figures mean nothing. */
    SMOKE(true, 300, 1, 0, 0, 1, 1, 2),
    /** A first impression, in four minutes: what the goals and the ends of the growth charts need. */
    QUICK(false, ClusterEvents.DEFAULT_COUNT, 1, 1, 5, 16, 8, 100),
    /** Everything once, in nine minutes. */
    BRIEF(true, ClusterEvents.DEFAULT_COUNT, 1, 1, 5, 16, 8, 100),
    /** Everything in three rounds, in half an hour. */
    STANDARD(true, ClusterEvents.DEFAULT_COUNT, 3, 1, 5, 16, 5, 300),
    /** For small differences, in three hours. */
    FULL(true, ClusterEvents.DEFAULT_COUNT, 5, 1, 5, 10, 5, 1000);

    /** What writes files gets twice the time, of which a call takes so much, more or less. */
    private static final int MILLISECONDS_A_CALL = 40;

    private static final int FOR_FILES = 2;

    private final boolean whole;
    private final int events;
    private final int rounds;
    private final int forks;
    private final int warmups;
    private final int slowWarmups;
    private final int measurements;
    private final int milliseconds;

    Preset(
            boolean whole,
            int events,
            int rounds,
            int forks,
            int warmups,
            int slowWarmups,
            int measurements,
            int milliseconds) {
        this.whole = whole;
        this.events = events;
        this.rounds = rounds;
        this.forks = forks;
        this.warmups = warmups;
        this.slowWarmups = slowWarmups;
        this.measurements = measurements;
        this.milliseconds = milliseconds;
    }

    static Preset named(String name) {
        return Arrays.stream(values())
                .filter(preset -> preset.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no preset " + name + ", expected one of " + Arrays.toString(values())));
    }

    /** Whether all benchmarks are run with all values of their parameters. */
    boolean isWhole() {
        return whole;
    }

    /** How many different events there are. */
    int events() {
        return events;
    }

    /** How often everything is run from the beginning, so that other work does not disturb one benchmark only. */
    int rounds() {
        return rounds;
    }

    /** How many JVMs a benchmark gets in a round; 0: it runs in this one. */
    int forks() {
        return forks;
    }

    /** How many iterations come before those that count: more for what takes the compiler longer. */
    int warmups(boolean slow) {
        return slow ? slowWarmups : warmups;
    }

    /**
     * How many iterations count. Where files are written each is a single call, as long as all events take: what the system
     * and other work disturb then, disturbs few of them.
     */
    int measurements(boolean files) {
        return files ? Math.max(1, FOR_FILES * measurements * milliseconds / MILLISECONDS_A_CALL) : measurements;
    }

    /** How long an iteration takes, unless a call takes longer. */
    int milliseconds(boolean files) {
        return files ? 1 : milliseconds;
    }

    /** How it is measured, for people. */
    String description() {
        return "rounds over all: " + rounds + ", with a JVM for each benchmark; iterations of " + milliseconds + " ms: "
                + warmups + " to warm up (" + slowWarmups + " for ways that the JVM compiles slowly) and "
                + measurements
                + " that count; where files are written, " + measurements(true) + " calls";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
