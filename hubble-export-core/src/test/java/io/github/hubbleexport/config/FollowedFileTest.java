package io.github.hubbleexport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hubbleexport.config.DynamicExporterStatus.Operation;
import io.github.hubbleexport.config.ReloadResult.Outcome;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Following a file while it runs: what counts as a change, what a bad file does, and when it is looked at. */
@Timeout(60)
class FollowedFileTest extends DynamicFixture {

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("flowlogs.yaml"), text);
    }

    private static String yaml(String... entries) {
        return entries.length == 0 ? "flowLogs: []\n" : "flowLogs:\n- " + String.join("\n- ", entries) + "\n";
    }

    private static final String A = "{name: a, filePath: /a, fieldMask: [uuid]}";
    private static final String B = "{name: b, filePath: /b, fieldMask: [uuid]}";

    @Test
    @DisplayName(
            "row 27: a bad, half-written, empty or removed file leaves the old set, and is told once with its place")
    void aBadFileLeavesAllAsItWas() throws IOException {
        Path file = write(yaml(A));
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder(file)));
        List<String> bad = List.of(
                yaml(A, "{name: b}"),
                yaml(A, "{name: a, filePath: /b}"),
                yaml(A).replace("filePath", "filePaht"),
                yaml(A).substring(0, 20),
                "flowLogs:\n",
                "",
                "REMOVED");
        int failures = 0;
        for (String text : bad) {
            if (text.equals("REMOVED")) {
                Files.delete(file);
            } else {
                write(text);
            }
            ReloadResult result = exporter.reload();
            assertThat(result.outcome()).as(text).isEqualTo(Outcome.REFUSED);
            assertThat(result.problems()).as(text).isNotEmpty();
            assertThat(exporter.status().refusal()).isEqualTo(result.problems());
            assertThat(exporter.status().refusedAt()).isEqualTo(clock.instant());
            clock.turn(Duration.ofSeconds(1));
            assertThat(exporter.reload().outcome()).as("told once").isEqualTo(Outcome.UNCHANGED);
            failures++;
            assertThat(exporter.status().count(Operation.FAILURE)).isEqualTo(failures);
            assertThat(flowLog(exporter, "a").isActive()).isTrue();
            send(exporter, "n" + failures);
        }
        write(yaml(A));
        assertThat(exporter.reload().kept()).containsExactly("a");
        assertThat(exporter.status().refusal()).isEmpty();
        assertThat(exporter.status().refusedAt()).isNull();
        exporter.close();
        assertThat(sinks("/a"))
                .singleElement()
                .satisfies(sink -> assertThat(sink.lines()).isEqualTo(bad.size()));
    }

    @Test
    void placesAreToldByLineAndColumn() throws IOException {
        Path file = write(yaml(A, "{name: b, filePath: /b, fieldMask: [tim]}"));
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder(file)));
        assertThat(flowLog(exporter, "b").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.column()).isEqualTo(39);
        });
    }

    @Test
    void aBadFileAtTheStartIsRefusedOrWaitedFor() throws IOException {
        Path file = write("flowLogs: {}");
        assertThatThrownBy(() -> inMemory(DynamicExporter.builder(file)).build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("line 1, column 11");
        DynamicExporter exporter =
                started(inMemory(DynamicExporter.builder(file)).startsWithoutFile(true));
        write(yaml(A));
        assertThat(exporter.reload().added()).containsExactly("a");
    }

    /** A ConfigMap as Kubernetes mounts it: a link to a link whose target is swapped. */
    private final class ConfigMap {

        private int versions;

        Path file() {
            return folder.resolve("flowlogs.yaml");
        }

        void put(String text) throws IOException {
            Path version = Files.createDirectory(folder.resolve("..version_" + versions));
            Files.writeString(version.resolve("flowlogs.yaml"), text);
            Path next = folder.resolve("..data_tmp");
            Files.createSymbolicLink(next, version.getFileName());
            Files.move(next, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            if (versions == 0) {
                Files.createSymbolicLink(file(), Path.of("..data", "flowlogs.yaml"));
            } else {
                Path old = folder.resolve("..version_" + (versions - 1));
                Files.delete(old.resolve("flowlogs.yaml"));
                Files.delete(old);
            }
            versions++;
        }
    }

    @Test
    @DisplayName("row 28: a swapped link is one reload; the same content again or another time stamp is none")
    void onlyContentCounts() throws IOException {
        ConfigMap map = new ConfigMap();
        map.put(yaml(A));
        DynamicExporter exporter = started(inMemory(DynamicExporter.builder(map.file())));
        clock.turn(Duration.ofSeconds(1));
        map.put(yaml(A, B));
        assertThat(exporter.reload().added()).containsExactly("b");
        Instant applied = exporter.status().lastApplied();
        clock.turn(Duration.ofSeconds(1));
        map.put(yaml(A, B));
        assertThat(exporter.reload()).isEqualTo(ReloadResult.UNCHANGED);
        Files.setLastModifiedTime(map.file(), FileTime.fromMillis(0));
        assertThat(exporter.reload()).isEqualTo(ReloadResult.UNCHANGED);
        assertThat(exporter.status().lastApplied()).isEqualTo(applied);
        assertThat(exporter.status().count(Operation.ADD)).isEqualTo(2);
    }

    @Test
    void changesAreNoticedAtOnceWhereTheFileSystemTells() throws IOException, InterruptedException {
        ConfigMap map = new ConfigMap();
        map.put(yaml(A));
        DynamicExporter exporter =
                started(DynamicExporter.builder(map.file()).sinks(this::open).pollInterval(Duration.ofHours(1)));
        for (String[] entries : List.of(new String[] {A, B}, new String[] {B}, new String[] {})) {
            map.put(yaml(entries));
            await(() -> exporter.status().flowLogs().size() == entries.length);
        }
        exporter.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().contains("flow logs"));
    }

    @Test
    void changesAreNoticedWhileOtherFilesOfTheFolderChangeWithoutEnd() throws IOException, InterruptedException {
        Path file = write(yaml(A));
        DynamicExporter exporter =
                started(DynamicExporter.builder(file).sinks(this::open).pollInterval(Duration.ofHours(1)));
        AtomicBoolean over = new AtomicBoolean();
        Thread noise = new Thread(() -> writeUntil(over, folder.resolve("noise.log")));
        noise.start();
        try {
            for (String[] entries : List.of(new String[] {A, B}, new String[] {A})) {
                long hash = exporter.status().configHash();
                write(yaml(entries));
                await(() -> exporter.status().configHash() != hash);
            }
        } finally {
            over.set(true);
            noise.join();
        }
        assertThat(flowLog(exporter, "a").isActive()).isTrue();
    }

    private static void writeUntil(AtomicBoolean over, Path file) {
        while (!over.get()) {
            try {
                Files.writeString(file, "a line\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aFileIsLookedAtInIntervalsWhereItsFolderAppearsLater() throws IOException, InterruptedException {
        Path file = folder.resolve("later/flowlogs.yaml");
        DynamicExporter exporter = started(DynamicExporter.builder(file)
                .sinks(this::open)
                .startsWithoutFile(true)
                .pollInterval(Duration.ofMillis(5)));
        Files.createDirectory(file.getParent());
        Files.writeString(file, yaml(A));
        await(() -> exporter.status().flowLogs().size() == 1);
        Files.writeString(file, yaml(A, B));
        await(() -> exporter.status().flowLogs().size() == 2);
    }

    @Test
    void theStaticExporterSharesTheEventsAndKeepsItsFile() throws IOException {
        Path file = write(yaml(A));
        FlowLogConfig fixed = entry("static", "/static").build();
        DynamicExporter exporter =
                started(inMemory(DynamicExporter.builder(file)).staticExporter(fixed));
        send(exporter, "1");
        write(yaml("{name: b, filePath: /x/../static}", "{name: static, filePath: /c}"));
        assertThat(exporter.reload().problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "flowLogs[0].filePath: is the file of static, the static exporter (line 2, column 23):"
                                + " \"/x/../static\"",
                        "flowLogs[1].name: is the name of the static exporter (line 3, column 10): \"static\"");
        write(yaml());
        assertThat(exporter.reload().removed()).containsExactly("a");
        send(exporter, "2");
        exporter.close();
        assertThat(text("/static")).isEqualTo(line("1") + line("2"));
        assertThat(text("/a")).isEqualTo(line("1"));
        FlowLogConfig bad =
                FlowLogConfig.builder("static", "/s").fieldMask(List.of("nope")).build();
        assertThatThrownBy(() ->
                        inMemory(DynamicExporter.builder()).staticExporter(bad).build())
                .hasMessageContaining("static exporter.fieldMask[0]");
    }
}
