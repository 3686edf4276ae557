package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.hubbleexport.Delivery.WhenFull;
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
    void deliveriesAreCheckedWithTheRest() {
        MemorySink sink = new MemorySink();
        ExporterBuilder builder = new ExporterBuilder()
                .sink(sink)
                .delivery(Delivery.queued(0, 0, WhenFull.block(Duration.ZERO)))
                .closeTimeout(Duration.ofSeconds(-1))
                .batchBytes(0);
        assertThat(problemsOf(builder))
                .containsExactly(
                        "batchBytes", "delivery.maxBytes", "delivery.maxEvents", "delivery.limit", "closeTimeout");
        builder = new ExporterBuilder()
                .sink(sink)
                .delivery(Delivery.queued(Delivery.MAX_QUEUE_BYTES + 1, 1, WhenFull.block(Duration.ofHours(2))));
        assertThat(problemsOf(builder)).containsExactly("delivery.maxBytes", "delivery.limit");
        assertThat(sink.closes()).isZero();
    }

    @Test
    void strictDeliveryHasNoBatchesToBeSet() {
        ExporterBuilder builder = new ExporterBuilder()
                .sink(new MemorySink())
                .delivery(Delivery.strict())
                .batchBytes(10)
                .flushInterval(Duration.ofSeconds(1));
        assertThat(problemsOf(builder)).containsExactly("batchBytes", "flushInterval");
    }

    @Test
    void deliveriesAreEqualWhenTheySayTheSame() {
        List<Delivery> different = List.of(
                Delivery.direct(),
                Delivery.strict(),
                Delivery.queued(WhenFull.dropNewest()),
                Delivery.queued(WhenFull.dropOldest()),
                Delivery.queued(WhenFull.block(Duration.ofSeconds(1))),
                Delivery.queued(WhenFull.block(Duration.ofSeconds(2))),
                Delivery.queued(1, Delivery.DEFAULT_QUEUE_EVENTS, WhenFull.dropNewest()),
                Delivery.queued(Delivery.DEFAULT_QUEUE_BYTES, 1, WhenFull.dropNewest()));
        assertThat(different).doesNotHaveDuplicates();
        assertThat(different).extracting(Delivery::toString).doesNotHaveDuplicates();
        Delivery same = Delivery.queued(
                Delivery.DEFAULT_QUEUE_BYTES, Delivery.DEFAULT_QUEUE_EVENTS, WhenFull.block(Duration.ofSeconds(1)));
        assertThat(different.get(4)).isEqualTo(same).hasSameHashCodeAs(same);
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
