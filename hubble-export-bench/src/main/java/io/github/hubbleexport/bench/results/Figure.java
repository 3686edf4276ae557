package io.github.hubbleexport.bench.results;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a benchmark took, over all iterations of all rounds.
 *
 * @param shortest nanoseconds an event in the iteration that other work on the machine disturbed least
 * @param median nanoseconds an event in the middle
 * @param bytes allocated for an event, in the middle
 */
record Figure(double shortest, double median, double bytes) {

    static Figure of(double[] nanoseconds, double[] bytes) {
        return new Figure(Arrays.stream(nanoseconds).min().orElseThrow(), median(nanoseconds), median(bytes));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** How many times another one's shortest this one's is. */
    double ratio(Figure other) {
        return shortest / other.shortest;
    }

    /** Three cells of a table. */
    String cells() {
        return nanoseconds(shortest) + " | " + nanoseconds(median) + " | " + String.format(Locale.ROOT, "%.0f", bytes);
    }

    private static String nanoseconds(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }
}
