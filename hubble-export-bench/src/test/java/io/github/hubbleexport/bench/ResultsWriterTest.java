package io.github.hubbleexport.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.RunnerException;

/** All benchmarks run, each after its answer was found right, and all figures come into the page. */
class ResultsWriterTest {

    @Test
    void everyBenchmarkHasItsLine(@TempDir Path folder) throws IOException, RunnerException {
        Path file = folder.resolve("RESULTS.md");
        ResultsWriter.main("smoke", file.toString());
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).contains("# Results").anyMatch(line -> line.startsWith("Machine: "));
        assertThat(rows(lines, "ENGINE|OBVIOUS")).hasSize(Rival.values().length * Configuration.values().length);
        assertThat(rows(lines, "NONE|VERDICT|POD|THOUSAND_\\w+"))
                .filteredOn(line -> line.split("\\|").length == 5)
                .hasSize(Rejection.values().length);
        assertThat(rows(lines, "yes|no")).hasSize(FilterFamily.values().length * 5 * 2);
        assertThat(rows(lines, "POD \\| 1 \\| yes"))
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith("| 1.00 |"));
    }

    private static List<String> rows(List<String> lines, String cell) {
        return lines.stream()
                .filter(line -> line.matches("\\| (.* \\| )?(" + cell + ") \\| .*\\d\\.\\d\\d \\|"))
                .toList();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> ResultsWriter.main("slow", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no preset slow, expected one of [smoke, quick, standard]");
        assertThatThrownBy(ResultsWriter::main).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFigureIsTheShortestAndTheMedian() {
        assertThat(Figure.of(3, 1, 2)).isEqualTo(new Figure(1, 2));
        assertThat(Figure.of(4, 1, 2, 3)).isEqualTo(new Figure(1, 2.5));
        assertThat(Figure.of(5).ratio(Figure.of(4))).isEqualTo("1.25");
    }
}
