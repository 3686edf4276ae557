package io.github.hubbleexport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program prints what Hubble's own exporter prints, to the byte. */
class ConformanceTest {

    @TempDir
    private Path folder;

    static List<String> configurations() throws IOException {
        return TestData.configurations();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void printsToStandardOutput(String configuration) throws IOException {
        AgentRun agent = new AgentRun();
        int exit = agent.run(export(configuration, "stdout"));
        assertThat(agent.err()).contains("400 events in ");
        assertThat(exit).isZero();
        assertThat(agent.events()).isEqualTo(expected(configuration));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void writesToAFile(String configuration) throws IOException {
        Path file = folder.resolve("out/flows.jsonl");
        AgentRun agent = new AgentRun();
        assertThat(agent.run(export(configuration, file.toString())))
                .as(agent.err())
                .isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(expected(configuration));
        assertThat(agent.events()).isEmpty();
    }

    @Test
    void readsBackWhatWasExportedAsJson() {
        byte[] exported = expected("none");
        AgentRun agent = new AgentRun().stdin(exported);
        assertThat(agent.run("export", "--input", "-", "--input-format", "json"))
                .as(agent.err())
                .isZero();
        assertThat(agent.events()).isEqualTo(exported);
    }

    @Test
    void readsBackAwkwardValuesToo() {
        byte[] exported = TestData.bytes("allfields.none.jsonl");
        AgentRun agent = new AgentRun().stdin(exported);
        assertThat(agent.run("export", "--input", "-", "--input-format", "JSON"))
                .as(agent.err())
                .isZero();
        assertThat(agent.events()).isEqualTo(exported);
    }

    private String[] export(String configuration, String target) throws IOException {
        List<String> args = new ArrayList<>(
                List.of("export", "--input", TestData.cluster(folder).toString(), "--hubble-export-file-path", target));
        args.addAll(TestData.flags(configuration));
        return args.toArray(String[]::new);
    }

    private static byte[] expected(String configuration) {
        return TestData.bytes("cluster." + configuration + ".jsonl");
    }
}
