package io.github.hubbleexport.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;

/**
 * Nanoseconds an event over all iterations of all rounds: the shortest, which other work on the machine disturbed least,
 * and the median.
 */
record Figure(double shortest, double median) {

    static Figure of(double... scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(sorted[0], median);
    }

    /** The figure of the runs with these values of their parameters, in the order of their names. */
    static Figure of(Collection<RunResult> results, String... parameters) {
        double[] scores = results.stream()
                .filter(result -> Arrays.asList(parameters).equals(parameters(result)))
                .flatMap(result -> result.getBenchmarkResults().stream())
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                .toArray();
        if (scores.length == 0) {
            throw new IllegalStateException("no run with " + Arrays.toString(parameters));
        }
        return of(scores);
    }

    private static List<String> parameters(RunResult result) {
        return result.getParams().getParamsKeys().stream()
                .sorted()
                .map(result.getParams()::getParam)
                .toList();
    }

    /** How many times another one's shortest this one's is: {@code 1.25}. */
    String ratio(Figure other) {
        return String.format(Locale.ROOT, "%.2f", shortest / other.shortest);
    }

    /** Two cells of a table. */
    String cells() {
        return String.format(Locale.ROOT, "%.0f | %.0f", shortest, median);
    }
}
