package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.testkit.MemorySink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterBuilderTest {

    @TempDir
    Path folder;

    private static List<String> problemsOf(ExporterBuilder builder) {
        ConfigException e = catchThrowableOfType(ConfigException.class, builder::build);
        assertThat(e).isNotNull();
        return e.problems().stream().map(Problem::path).toList();
    }

    @Test
    void everyProblemIsToldAtOnceAndNothingIsCreated() {
        Path inside = folder.resolve("new").resolve("flows.log");
        ExporterBuilder builder = new ExporterBuilder()
                .name(" ")
                .allowList("{\"source_pod\":[\"\"]} {\"source_ip\":[\"10.0.0.0/33\"],\"destination_port\":[\"65536\"]}")
                .denyList("{\"surce_pod\":[\"a\"]}")
                .fieldMask("time sorce.pod_name")
                .filePath(inside)
                .maxFileSizeMb(-1)
                .batchBytes(0)
                .flushInterval(Duration.ZERO);
        assertThat(problemsOf(builder))
                .contains(
                        "name",
                        "allowlist[0].source_pod[0]",
                        "allowlist[1].source_ip[0]",
                        "allowlist[1].destination_port[0]",
                        "fieldmask[1]",
                        "maxFileSizeMb",
                        "batchBytes",
                        "flushInterval")
                .anySatisfy(path -> assertThat(path).startsWith("denylist[0]"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void malformedJsonIsAProblemOfItsList() {
        assertThat(problemsOf(new ExporterBuilder().sink(new MemorySink()).allowList("{\"source_pod\":")))
                .allSatisfy(path -> assertThat(path).startsWith("allowlist"));
    }

    @Test
    void aDestinationIsNeededAndOnlyOne() {
        assertThat(problemsOf(new ExporterBuilder())).containsExactly("filePath");
        MemorySink sink = new MemorySink();
        Path file = folder.resolve("f.log");
        assertThat(problemsOf(new ExporterBuilder().sink(sink).filePath(file))).containsExactly("filePath");
        assertThat(problemsOf(new ExporterBuilder().sink(sink).maxBackups(3).compress(true)))
                .containsExactly("maxBackups", "compress");
        assertThat(sink.closes()).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderIsNoFile() {
        assertThat(problemsOf(new ExporterBuilder().filePath(folder))).containsExactly("filePath");
    }

    @Test
    void afterAFailureThePathIsFreeAgain() throws IOException {
        Path file = folder.resolve("f.log");
        ExporterBuilder builder = new ExporterBuilder().filePath(file).fieldMask("nope");
        assertThat(problemsOf(builder)).containsExactly("fieldmask[0]");
        try (FlowExporter exporter = builder.fieldMask("verdict").build()) {
            exporter.export(Flow.newBuilder().setVerdict(Verdict.AUDIT).build());
        }
        assertThat(Files.readString(file)).isEqualTo("{\"flow\":{\"verdict\":\"AUDIT\"}}\n");
    }

    @Test
    void compiledFiltersReplaceTheTexts() {
        FlowFilters filters = FlowFilters.of(
                List.of(FlowFilter.newBuilder().addVerdict(Verdict.DROPPED).build()), List.of());
        MemorySink sink = new MemorySink();
        try (FlowExporter exporter =
                new ExporterBuilder().sink(sink).filters(filters).build()) {
            assertThat(exporter.export(
                            Flow.newBuilder().setVerdict(Verdict.AUDIT).build()))
                    .isEqualTo(ExportOutcome.FILTERED);
        }
        assertThat(problemsOf(new ExporterBuilder().sink(sink).filters(filters).allowList("{}")))
                .containsExactly("filters");
    }

    @Test
    void theDefaultsAreHubblesOwn() {
        assertThat(RotatingSink.DEFAULT_MAX_FILE_SIZE_MB).isEqualTo(10);
        assertThat(RotatingSink.DEFAULT_MAX_BACKUPS).isEqualTo(5);
    }

    @Test
    void theExporterOwnsItsSink() {
        MemorySink sink = new MemorySink();
        new ExporterBuilder().sink(sink).build().close();
        assertThat(sink.closes()).isEqualTo(1);
    }
}
