package io.github.hubbleexport.bench.results;

import io.github.hubbleexport.bench.results.Measurements.Case;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * A benchmark's part of the page: a table whose rows are compared with those in which one parameter has its basic value.
 *
 * @param title the heading
 * @param benchmark the class
 * @param baseColumn the parameter, or {@value #STAGE} for the method
 * @param base its basic value, which has to be measured; empty: rows are not compared
 */
record Section(String title, Class<?> benchmark, String baseColumn, String base) {

    /** Names the method of a benchmark that has several. */
    static final String STAGE = "what";

    /** A line of the table. */
    record Row(List<String> cells, Figure figure, double times) {

        String text() {
            String ratio = Double.isNaN(times) ? "" : String.format(Locale.ROOT, " %.2f |", times);
            return "| " + String.join(" | ", cells) + " | " + figure.cells() + " |" + ratio;
        }
    }

    List<String> lines(Measurements measurements) {
        List<String> lines = new ArrayList<>();
        Map<Case, Figure> figures = measurements.of(benchmark);
        String columns = String.join(" | ", columns(figures.keySet()));
        String times = base.isEmpty() ? "" : " times " + base + " |";
        String header = "| " + columns + " | shortest, ns | median, ns | B/event |" + times;
        lines.add("## " + title);
        lines.add("");
        lines.add(header);
        lines.add(header.replaceAll("[^|]+", " --- "));
        rows(measurements).forEach(row -> lines.add(row.text()));
        lines.add("");
        return lines;
    }

    List<Row> rows(Measurements measurements) {
        Map<Case, Figure> figures = measurements.of(benchmark);
        List<String> columns = columns(figures.keySet());
        List<Row> rows = new ArrayList<>();
        figures.forEach((one, figure) -> {
            Map<String, String> values = named(one);
            List<String> cells = columns.stream().map(values::get).toList();
            rows.add(new Row(cells, figure, timesBase(one, figures)));
        });
        return rows;
    }

    /**
     * How much faster than the values of the basic parameter the figures grow, at worst: 1 is as fast, less is better.
     *
     * @param number tells what a value stands for
     */
    double growth(Measurements measurements, ToDoubleFunction<String> number) {
        double worst = 0;
        Map<Case, Figure> figures = measurements.of(benchmark);
        for (Case one : figures.keySet()) {
            double input = number.applyAsDouble(named(one).get(baseColumn)) / number.applyAsDouble(base);
            if (input > 1) {
                worst = Math.max(worst, timesBase(one, figures) / input);
            }
        }
        return worst;
    }

    /** Not a number where rows are not compared. */
    private double timesBase(Case one, Map<Case, Figure> figures) {
        if (base.isEmpty()) {
            return Double.NaN;
        }
        Map<String, String> wanted = named(one);
        wanted.put(baseColumn, base);
        return figures.entrySet().stream()
                .filter(entry -> named(entry.getKey()).equals(wanted))
                .mapToDouble(entry -> Objects.requireNonNull(figures.get(one)).ratio(entry.getValue()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not measured: " + wanted));
    }

    private static Map<String, String> named(Case one) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(STAGE, one.method());
        values.putAll(one.values());
        return values;
    }

    private static List<String> columns(Set<Case> cases) {
        Set<String> methods = new HashSet<>();
        List<String> columns = new ArrayList<>();
        cases.forEach(one -> methods.add(one.method()));
        boolean hasValues = cases.stream().anyMatch(one -> !one.values().isEmpty());
        if (methods.size() > 1 || !hasValues) {
            columns.add(STAGE);
        }
        cases.stream().findFirst().ifPresent(one -> columns.addAll(one.values().keySet()));
        return columns;
    }
}
