package io.github.hubbleexport.bench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hubbleexport.bench.FilterFamily;
import io.github.hubbleexport.bench.Rejection;
import io.github.hubbleexport.bench.rival.SinkRival;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.RunnerException;

/** All benchmarks run, each after its answer was found right, and all figures come into the page and the picture. */
class ResultsWriterTest {

    private static final String FIGURES = " \\| [\\d.]+ \\| [\\d.]+ \\| \\d+ \\|";
    private static final String COMPARED = FIGURES + " [\\d.]+ \\|";

    @Test
    void everyBenchmarkHasItsLine(@TempDir Path folder) throws IOException, RunnerException, InterruptedException {
        Path file = folder.resolve("RESULTS-smoke.md");
        ResultsWriter.main("smoke", file.toString());
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).contains("# Results", "![Nanoseconds an event](RESULTS-smoke.svg)");
        assertThat(rows(lines, "(NONE|SEED|REJECTED) \\| (WIRE|OBVIOUS|JACKSON)" + COMPARED))
                .hasSize(9);
        assertThat(rows(lines, "(MESSAGE|JSON_FORMAT)" + COMPARED)).hasSize(2);
        assertThat(rows(lines, "(scan|filter|encode|deliver) \\| (NONE|SEED)" + FIGURES))
                .hasSize(8);
        assertThat(rows(lines, "(export|write)" + COMPARED)).hasSize(2);
        assertThat(rows(lines, "copy" + FIGURES)).hasSize(1);
        assertThat(rows(lines, "(ROTATING_SINK|LOGBACK|LOG4J2)\\w*" + COMPARED)).hasSize(SinkRival.values().length);
        assertThat(rows(lines, "(NONE|VERDICT|POD|THOUSAND_\\w+)" + COMPARED)).hasSize(Rejection.values().length);
        assertThat(rows(lines, "\\w+ \\| 10*+ \\| (true|false)" + COMPARED)).hasSize(FilterFamily.values().length * 10);
        assertThat(rows(lines, "POD \\| 1 \\| true" + COMPARED))
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith("| 1.00 |"));
        assertThat(rows(lines, "(WIRE|OBVIOUS) \\| \\d+" + COMPARED)).hasSize(10);
        assertThat(rows(lines, "(1|4|16|64|all)" + COMPARED)).hasSizeGreaterThanOrEqualTo(5);
        // Several exporters by themselves or in a group; several threads by themselves or together.
        assertThat(rows(lines, "(apart|grouped) \\| \\d+" + COMPARED)).hasSize(10 + 2);
        assertThat(rows(lines, "export \\| \\d+" + COMPARED)).hasSize(2);
        assertThat(rows(lines, "(300|1200|4096|16384|65536)" + COMPARED)).hasSize(5);
        assertThat(rows(lines, "(NONE|SEED) \\| 1 \\| \\d+ \\| \\d+ \\|")).hasSize(2);
        assertThat(rows(lines, ".* \\| (at least|at most) [\\d.]+ \\| [\\d.]+ \\| (yes|\\*\\*no\\*\\*) \\|"))
                .hasSize(14);
        assertThat(folder.resolve("RESULTS-smoke.svg")).isNotEmptyFile();
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    private static List<String> rows(List<String> lines, String cells) {
        return lines.stream().filter(line -> line.matches("\\| " + cells)).toList();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> ResultsWriter.main("slow", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no preset slow, expected one of [smoke, quick, brief, standard, full]");
        assertThatThrownBy(() -> ResultsWriter.main("quick", "no/such/folder/RESULTS.md"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no folder for ");
        assertThatThrownBy(ResultsWriter::main).isInstanceOf(IllegalArgumentException.class);
    }
}
