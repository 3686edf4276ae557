package io.github.hubbleexport.bench.results;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The results of all rounds, by benchmark, in the order in which they came first. */
final class Measurements {

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String ALLOCATION_RATE = "gc.alloc.rate";

    /** A method of a benchmark with one value for each of its parameters. */
    record Case(String benchmark, String method, Map<String, String> values) {

        static Case of(BenchmarkParams params) {
            String name = params.getBenchmark();
            int dot = name.lastIndexOf('.');
            Map<String, String> values = new LinkedHashMap<>();
            params.getParamsKeys().stream().sorted().forEach(key -> values.put(key, params.getParam(key)));
            return new Case(name.substring(0, dot), name.substring(dot + 1), values);
        }
    }

    private record Sample(double nanoseconds, double bytes) {}

    private final Map<Case, List<Sample>> samples = new LinkedHashMap<>();

    void add(Collection<RunResult> results) {
        for (RunResult result : results) {
            Case one = Case.of(result.getParams());
            result.getBenchmarkResults().stream()
                    .flatMap(fork -> fork.getIterationResults().stream())
                    .forEach(iteration -> add(one, iteration.getPrimaryResult().getScore(), allocated(iteration)));
        }
    }

    /** An iteration. */
    void add(Case one, double nanoseconds, double bytes) {
        samples.computeIfAbsent(one, key -> new ArrayList<>()).add(new Sample(nanoseconds, bytes));
    }

    /** The figures of a benchmark. */
    Map<Case, Figure> of(Class<?> benchmark) {
        Map<Case, Figure> figures = new LinkedHashMap<>();
        samples.forEach((one, results) -> {
            if (one.benchmark.equals(benchmark.getName())) {
                figures.put(one, figure(results));
            }
        });
        return figures;
    }

    /** The figure of a benchmark's method with these values, in the order of their parameters' names. */
    Figure figure(Class<?> benchmark, String method, String... values) {
        return of(benchmark).entrySet().stream()
                .filter(entry -> entry.getKey().method.equals(method)
                        && List.copyOf(entry.getKey().values.values()).equals(List.of(values)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "not measured: " + benchmark.getSimpleName() + "." + method + " " + List.of(values)));
    }

    private static Figure figure(List<Sample> of) {
        return Figure.of(
                of.stream().mapToDouble(Sample::nanoseconds).toArray(),
                of.stream().mapToDouble(Sample::bytes).toArray());
    }

    private static double allocated(IterationResult iteration) {
        var results = iteration.getSecondaryResults();
        Result<?> result = results.get(ALLOCATED);
        if (result != null) {
            return result.getScore();
        }
        // JMH leaves the figure out of an iteration that allocated nothing at all.
        if (results.containsKey(ALLOCATION_RATE)) {
            return 0;
        }
        throw new IllegalStateException("no " + ALLOCATED + " among " + results.keySet());
    }
}
