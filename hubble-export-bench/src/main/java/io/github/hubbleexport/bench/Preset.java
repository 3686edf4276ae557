package io.github.hubbleexport.bench;

import java.util.Arrays;
import java.util.Locale;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long everything is measured. */
enum Preset {
    /** An instant in this JVM, to see that everything runs. */
    SMOKE(0, 0, 1, 5),
    /** A first impression, in five minutes. */
    QUICK(1, 3, 5, 200),
    /** What is published, in half an hour. */
    STANDARD(3, 5, 5, 500);

    private final int forks;
    private final int warmups;
    private final int measurements;
    private final int milliseconds;

    Preset(int forks, int warmups, int measurements, int milliseconds) {
        this.forks = forks;
        this.warmups = warmups;
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
        return forks + " forks, each " + warmups + " iterations to warm up and " + measurements + " that count, of "
                + milliseconds + " ms";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
