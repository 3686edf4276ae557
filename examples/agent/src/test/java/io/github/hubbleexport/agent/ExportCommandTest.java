package io.github.hubbleexport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportCommandTest {

    @TempDir
    private Path folder;

    @Test
    void summaryTellsOutcomesBytesAndRotations() throws IOException {
        Path file = folder.resolve("flows.jsonl");
        byte[] once = TestData.bytes("cluster.bin");
        AgentRun agent = new AgentRun().stdin(times(once, 3));
        assertThat(export(agent, file, "--hubble-export-file-max-size-mb=1", "--hubble-export-file-compress=false"))
                .isZero();
        long bytes = 3L * TestData.bytes("cluster.none.jsonl").length;
        assertThat(agent.errLines())
                .containsExactly(
                        "1,200 events in 0.00 s, - a second",
                        "  written    1,200 (" + Numbers.grouped(bytes) + " bytes, 2 rotations)");
        assertThat(files()).hasSize(3).allMatch(name -> name.endsWith(".jsonl"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--hubble-export-file-compress", "--hubble-export-file-compress=true"})
    void compressesAndForgetsBackups(String compress) throws IOException {
        Path file = folder.resolve("flows.jsonl");
        AgentRun agent = new AgentRun().stdin(times(TestData.bytes("cluster.bin"), 5));
        int exit = export(
                agent, file, "--hubble-export-file-max-size-mb=1", "--hubble-export-file-max-backups=1", compress);
        assertThat(exit).isZero();
        assertThat(files()).hasSize(2).anyMatch(name -> name.endsWith(".jsonl.gz"));
    }

    @Test
    void filteredEventsAreCounted() {
        AgentRun agent = new AgentRun().stdin(TestData.bytes("cluster.bin"));
        assertThat(agent.run("export", "--input=-", "--hubble-export-denylist={}"))
                .isZero();
        assertThat(agent.errLines()).contains("  written    0 (0 bytes, to standard output)", "  filtered   400");
        assertThat(agent.events()).isEmpty();
    }

    @Test
    void appendsToAFileThatIsThere() throws IOException {
        Path file = Files.writeString(folder.resolve("flows.jsonl"), "{}\n");
        assertThat(export(new AgentRun().stdin(new byte[] {0}), file)).isZero();
        assertThat(file).hasContent("{}\n{}\n");
    }

    @Test
    void everyProblemIsToldAndNothingIsCreated() throws IOException {
        AgentRun agent = new AgentRun();
        int exit = agent.run(
                "export",
                "--input=" + folder.resolve("missing.bin"),
                "--hubble-export-file-path=" + folder.resolve("deep/flows.jsonl"),
                "--hubble-export-file-max-size-mb=0",
                "--hubble-export-file-max-backups=-1",
                "--hubble-export-allowlist={\"source_pd\":[\"a/\"]}",
                "--hubble-export-denylist={\"source_ip\":[\"10.0.0.0/33\"]}",
                "--hubble-export-fieldmask=tim source.pod_name bogus");
        assertThat(exit).isEqualTo(2);
        assertThat(agent.errLines())
                .hasSize(7)
                .anyMatch(line -> line.startsWith("--input: ") && line.endsWith("missing.bin\""))
                .anyMatch(line -> line.startsWith("--hubble-export-file-max-size-mb: "))
                .anyMatch(line -> line.startsWith("--hubble-export-file-max-backups: "))
                .anyMatch(line -> line.startsWith("allowlist[0].source_pd: ") && line.contains("source_pod"))
                .anyMatch(line -> line.startsWith("denylist[0].source_ip[0]: ") && line.contains("10.0.0.0/33"))
                .anyMatch(line -> line.startsWith("fieldmask[0]: ") && line.contains("did you mean time"))
                .anyMatch(line -> line.startsWith("fieldmask[2]: ") && line.contains("bogus"));
        assertThat(files()).isEmpty();
    }

    @Test
    void nothingIsCreatedWhenOnlyTheInputIsBad() throws IOException {
        Path file = folder.resolve("deep/flows.jsonl");
        String[] args = {"export", "--input=" + folder, "--hubble-export-file-path=" + file};
        AgentRun agent = new AgentRun();
        assertThat(agent.run(args)).isEqualTo(2);
        assertThat(agent.errLines()).containsExactly("--input: is a folder; name a file in it: \"" + folder + "\"");
        assertThat(files()).isEmpty();
        // The path is free again: a second attempt hears the same, and nothing of another writer.
        AgentRun again = new AgentRun();
        assertThat(again.run(args)).isEqualTo(2);
        assertThat(again.err()).isEqualTo(agent.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\0b"})
    void aPathThatIsNoneIsRefused(String path) {
        AgentRun agent = new AgentRun();
        assertThat(agent.run("export", "--input=-", "--hubble-export-file-path", path))
                .isEqualTo(2);
        assertThat(agent.errLines()).singleElement().asString().startsWith("--hubble-export-file-path: ");
    }

    @Test
    void aFolderAsFileIsRefused() throws IOException {
        AgentRun agent = new AgentRun();
        assertThat(export(agent, folder)).isEqualTo(2);
        assertThat(agent.err()).startsWith("--hubble-export-file-path: is a folder");
        assertThat(files()).isEmpty();
    }

    private int export(AgentRun agent, Path file, String... more) {
        List<String> fixed = List.of("export", "--input", "-", "--hubble-export-file-path", file.toString());
        return agent.run(Stream.concat(fixed.stream(), Stream.of(more)).toArray(String[]::new));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.skip(1).map(Path::toString).toList();
        }
    }

    private static byte[] times(byte[] bytes, int count) {
        byte[] all = new byte[count * bytes.length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
        }
        return all;
    }
}
