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

    private final Map<Case, List<IterationResult>> iterations = new LinkedHashMap<>();

    void add(Collection<RunResult> results) {
        for (RunResult result : results) {
            List<IterationResult> of =
                    iterations.computeIfAbsent(Case.of(result.getParams()), one -> new ArrayList<>());
            result.getBenchmarkResults().forEach(fork -> of.addAll(fork.getIterationResults()));
        }
    }

    /** The figures of a benchmark. */
    Map<Case, Figure> of(Class<?> benchmark) {
        Map<Case, Figure> figures = new LinkedHashMap<>();
        iterations.forEach((one, results) -> {
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

    private static Figure figure(List<IterationResult> results) {
        return Figure.of(
                results.stream()
                        .mapToDouble(result -> result.getPrimaryResult().getScore())
                        .toArray(),
                results.stream().mapToDouble(Measurements::allocated).toArray());
    }

    private static double allocated(IterationResult iteration) {
        Result<?> result = iteration.getSecondaryResults().get(ALLOCATED);
        if (result == null) {
            throw new IllegalStateException("no " + ALLOCATED + " among "
                    + iteration.getSecondaryResults().keySet());
        }
        return result.getScore();
    }
}
