package io.github.hubbleexport.bench;

import java.util.Arrays;
import java.util.Locale;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long everything is measured. */
enum Preset {
    /** An instant in this JVM, to see that everything runs. */
    SMOKE(1, 0, 0, 1, 5),
    /** A first impression, in seven minutes. */
    QUICK(3, 1, 3, 4, 150),
    /** What is published, in half an hour. */
    STANDARD(5, 1, 5, 5, 500);

    private final int rounds;
    private final int forks;
    private final int warmups;
    private final int measurements;
    private final int milliseconds;

    Preset(int rounds, int forks, int warmups, int measurements, int milliseconds) {
        this.rounds = rounds;
        this.forks = forks;
        this.warmups = warmups;
        this.measurements = measurements;
        this.milliseconds = milliseconds;
    }

    /** How often everything is run from the beginning, so that other work does not disturb one benchmark only. */
    int rounds() {
        return rounds;
    }

    static Preset named(String name) {
        return Arrays.stream(values())
                .filter(preset -> preset.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no preset " + name + ", expected one of " + Arrays.toString(values())));
    }

    Options options(Class<?> benchmark) {
        return new OptionsBuilder()
                .include("\\." + benchmark.getSimpleName() + "\\.")
                .forks(forks)
                .warmupIterations(warmups)
                .warmupTime(TimeValue.milliseconds(milliseconds))
                .measurementIterations(measurements)
                .measurementTime(TimeValue.milliseconds(milliseconds))
                .shouldFailOnError(true)
                .build();
    }

    /** How it is measured, for people. */
    String description() {
        return rounds + " rounds over all, a JVM each, with " + warmups + " iterations to warm up and " + measurements
                + " that count, of " + milliseconds + " ms";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
