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

/**
 * A benchmark's part of the page: a table whose rows are compared with those in which one parameter has its basic value.
 *
 * @param title the heading
 * @param benchmark the class
 * @param baseColumn the parameter, or {@value #STAGE} for the method
 * @param base its basic value
 */
record Section(String title, Class<?> benchmark, String baseColumn, String base) {

    /** Names the method of a benchmark that has several. */
    static final String STAGE = "what";

    /** A line of the table. */
    record Row(List<String> cells, Figure figure, double times) {

        String text() {
            return "| " + String.join(" | ", cells) + " | " + figure.cells() + " | "
                    + (Double.isNaN(times) ? "" : String.format(Locale.ROOT, "%.2f", times)) + " |";
        }
    }

    List<String> lines(Measurements measurements) {
        List<String> lines = new ArrayList<>();
        Map<Case, Figure> figures = measurements.of(benchmark);
        String columns = String.join(" | ", columns(figures.keySet()));
        String header = "| " + columns + " | shortest, ns | median, ns | B/event | times " + base + " |";
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

    /** Not a number where the base was not measured. */
    private double timesBase(Case one, Map<Case, Figure> figures) {
        Map<String, String> wanted = named(one);
        wanted.put(baseColumn, base);
        return figures.entrySet().stream()
                .filter(entry -> named(entry.getKey()).equals(wanted))
                .mapToDouble(entry -> Objects.requireNonNull(figures.get(one)).ratio(entry.getValue()))
                .findFirst()
                .orElse(Double.NaN);
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
        if (methods.size() > 1) {
            columns.add(STAGE);
        }
        cases.stream().findFirst().ifPresent(one -> columns.addAll(one.values().keySet()));
        return columns;
    }
}
