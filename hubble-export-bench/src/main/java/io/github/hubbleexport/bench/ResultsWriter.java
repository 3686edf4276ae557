package io.github.hubbleexport.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/** Runs all benchmarks and writes their figures into a page. */
public final class ResultsWriter {

    private static final List<String> COUNTS = List.of("1", "10", "100", "1000", "10000");

    private final StringBuilder page = new StringBuilder();

    private ResultsWriter() {}

    /**
     * Runs all benchmarks and writes the page.
     *
     * @param arguments the name of a preset, {@code quick} or {@code standard}, and the file to write
     * @throws IOException if the file cannot be written
     * @throws RunnerException if a benchmark gives a wrong answer or fails otherwise
     */
    public static void main(String... arguments) throws IOException, RunnerException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected a preset and a file");
        }
        String page = page(Preset.named(arguments[0]));
        Files.writeString(Path.of(arguments[1]), page);
    }

    static String page(Preset preset) throws RunnerException {
        ResultsWriter writer = new ResultsWriter();
        writer.head(preset);
        List<RunResult> exports = new ArrayList<>();
        List<RunResult> rejections = new ArrayList<>();
        List<RunResult> filters = new ArrayList<>();
        for (int round = 0; round < preset.rounds(); round++) {
            exports.addAll(run(preset, ExportBenchmark.class));
            rejections.addAll(run(preset, RejectionBenchmark.class));
            filters.addAll(run(preset, FilterBenchmark.class));
        }
        writer.export(exports);
        writer.rejection(rejections);
        writer.filters(filters);
        return writer.page.toString();
    }

    private static Collection<RunResult> run(Preset preset, Class<?> benchmark) throws RunnerException {
        return new Runner(preset.options(benchmark)).run();
    }

    private void head(Preset preset) {
        line("# Results");
        line("");
        line("Written by the command in [README.md](README.md), preset `" + preset
                + "`; not to be edited. Nanoseconds an");
        line("event, one thread, " + preset.description() + ".");
        line(
                "Of all iterations that count, \"shortest\" is what other work on the machine disturbed least, and ratios");
        line("are of these; the median tells how much there was.");
        line("");
        line("Machine: " + Runtime.getRuntime().availableProcessors() + " processors (" + property("os.arch") + ", "
                + property("os.name") + "), JDK " + property("java.version") + " (" + property("java.vm.name") + ").");
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private void export(Collection<RunResult> results) {
        section("From wire bytes to a line", "configuration | rival", "engine");
        for (Configuration configuration : Configuration.values()) {
            Function<Rival, Figure> figure = rival -> Figure.of(results, configuration.name(), rival.name());
            for (Rival rival : Rival.values()) {
                row(configuration + " | " + rival, figure.apply(rival), figure.apply(Rival.ENGINE));
            }
        }
    }

    private void rejection(Collection<RunResult> results) {
        section("A rejected event beside one written in full", "rejected by", "written in full");
        Figure full = Figure.of(results, Rejection.NONE.name());
        for (Rejection rejection : Rejection.values()) {
            row(rejection.name(), Figure.of(results, rejection.name()), full);
        }
    }

    private void filters(Collection<RunResult> results) {
        section("Many filters in an allow list, from wire bytes to the decision", "filters | number | matching", "one");
        for (FilterFamily family : FilterFamily.values()) {
            for (String matching : List.of("true", "false")) {
                Figure one = Figure.of(results, family.name(), COUNTS.get(0), matching);
                for (String count : COUNTS) {
                    row(
                            family + " | " + count + " | " + (matching.equals("true") ? "yes" : "no"),
                            Figure.of(results, family.name(), count, matching),
                            one);
                }
            }
        }
    }

    private void section(String title, String columns, String base) {
        line("");
        line("## " + title);
        line("");
        String header = "| " + columns + " | shortest | median | times " + base + " |";
        line(header);
        line(header.replaceAll("[^|]+", " --- "));
    }

    private void row(String cells, Figure figure, Figure base) {
        line("| " + cells + " | " + figure.cells() + " | " + figure.ratio(base) + " |");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
