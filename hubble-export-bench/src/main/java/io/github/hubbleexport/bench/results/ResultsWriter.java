package io.github.hubbleexport.bench.results;

import io.github.hubbleexport.bench.Corpus;
import io.github.hubbleexport.bench.FilesBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/** Runs all benchmarks with the JDK that it runs on, prints their figures, and writes them into a page with a picture. */
public final class ResultsWriter {

    private static final int COLD_STARTS = 5;

    private final Preset preset;
    private final Path scratch;

    private ResultsWriter(Preset preset, Path scratch) {
        this.preset = preset;
        this.scratch = scratch;
    }

    /**
     * Runs all benchmarks and writes the page.
     *
     * @param arguments the name of a preset, {@code quick}, {@code standard} or {@code full}, and the file to write, such
     *     as {@code RESULTS.md}; the picture is put beside it
     * @throws IOException if a file cannot be written
     * @throws RunnerException if a benchmark gives a wrong answer or fails otherwise
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String... arguments) throws IOException, RunnerException, InterruptedException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected a preset and a file");
        }
        Preset preset = Preset.named(arguments[0]);
        Path page = Path.of(arguments[1]).toAbsolutePath();
        // Before three minutes or three hours are spent.
        Path folder = page.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("no folder for " + page);
        }
        Path scratch = Files.createTempDirectory("hubble-export-bench");
        try {
            new ResultsWriter(preset, scratch).write(page);
        } finally {
            deleteAll(scratch);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private void write(Path page) throws IOException, RunnerException, InterruptedException {
        Measurements measurements = measure();
        List<String> coldStart = new ColdStart(preset.forks() == 0 ? 1 : COLD_STARTS, scratch).lines();
        Path picture = page.resolveSibling(page.getFileName().toString().replaceFirst("\\.md$", "") + ".svg");
        String text = Results.page(
                measurements, head(), coldStart, picture.getFileName().toString());
        Files.writeString(page, text);
        Files.writeString(picture, Results.picture(measurements, "Nanoseconds an event, JDK " + Machine.jdk()));
        System.out.println(text);
    }

    /** Properties reach other JVMs as options; but a preset may run its benchmarks in this one. */
    private Measurements measure() throws IOException, RunnerException {
        Path corpus = scratch.resolve("corpus");
        Corpus.save(corpus, preset.events());
        System.setProperty(Corpus.FILE_PROPERTY, corpus.toString());
        try {
            return measure(corpus);
        } finally {
            System.clearProperty(Corpus.FILE_PROPERTY);
        }
    }

    private Measurements measure(Path corpus) throws RunnerException {
        Measurements measurements = new Measurements();
        long begin = System.nanoTime();
        for (int round = 1; round <= preset.rounds(); round++) {
            for (Run run : Suite.of(preset)) {
                System.out.printf(
                        "%4d s, round %d of %d: %s%n",
                        (System.nanoTime() - begin) / 1_000_000_000, round, preset.rounds(), run);
                measurements.add(new Runner(run.options(preset, corpus)).run());
            }
        }
        return measurements;
    }

    private List<String> head() throws IOException, InterruptedException {
        return List.of(
                "# Results",
                "",
                "Written by the command in [README.md](README.md), which also says what each benchmark is; not to be",
                "edited. Nanoseconds an event and bytes allocated for an event. Of all iterations that count, \"shortest\"",
                "is what other work on the machine disturbed least, and all ratios are of these; the median tells how much",
                "there was.",
                "",
                "| | |",
                "| --- | --- |",
                "| machine | " + Machine.text(FilesBenchmark.parent()) + " |",
                "| JDK | " + Machine.jdk() + " |",
                "| commit | " + Machine.commit() + " |",
                "| date | " + LocalDate.now(ZoneOffset.UTC) + " |",
                "| preset | " + preset + ": " + preset.description() + " |",
                "");
    }
}
