package io.github.hubbleexport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The one jar, run as its users run it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RunnableJarIT {

    private static final int EVENTS = 10;

    @TempDir
    private Path folder;

    @Test
    void exportsAFileToStandardOutput() throws Exception {
        Path out = folder.resolve("out");
        List<String> args = new ArrayList<>(List.of(
                "export", "--input", TestData.cluster(folder).toString(), "--hubble-export-file-path", "stdout"));
        args.addAll(TestData.flags("seed"));
        Process agent = agent(args).redirectOutput(out.toFile()).start();
        String err = text(agent.getErrorStream());
        assertThat(agent.waitFor()).as(err).isZero();
        assertThat(out).hasBinaryContent(TestData.bytes("cluster.seed.jsonl"));
        assertThat(err).startsWith("400 events in ");
    }

    @Test
    void filterListsMayBeYaml() throws Exception {
        Process agent = agent(List.of(
                        "filters",
                        "--check",
                        "--hubble-export-allowlist",
                        "allowlist:\n- '{\"source_pod\":[\"shop/\"]}'\n"))
                .redirectErrorStream(true)
                .start();
        String all = text(agent.getInputStream());
        assertThat(agent.waitFor()).as(all).isZero();
        assertThat(all).contains("shop/");
    }

    @Test
    void knowsItsVersion() throws Exception {
        Process agent = agent(List.of("--version")).redirectErrorStream(true).start();
        String all = text(agent.getInputStream());
        assertThat(agent.waitFor()).as(all).isZero();
        assertThat(all).matches("hubble-export-agent \\d.*\\R");
    }

    @Test
    void linesComeWhileInputIsOpenAndASignalEndsTheRunInOrder() throws Exception {
        Process agent = agent(List.of("export", "--input", "-")).start();
        feed(agent.getOutputStream());
        List<String> lines = new ArrayList<>();
        BufferedReader out = agent.inputReader(StandardCharsets.UTF_8);
        while (lines.size() < EVENTS) {
            lines.add(Objects.requireNonNull(out.readLine(), "standard output ended"));
        }
        assertThat(lines).containsOnly("{}");
        agent.toHandle().destroy(); // unlike that of Process, it leaves our ends of the streams open
        String err = text(agent.getErrorStream());
        assertThat(err).startsWith(EVENTS + " events in ").contains("  written    " + EVENTS + " (");
        assertThat(agent.waitFor()).isNotZero();
        assertThat(out.readLine()).isNull();
    }

    /** Empty events, and no end. */
    private static void feed(OutputStream in) throws IOException {
        in.write(new byte[EVENTS]);
        in.flush();
    }

    private ProcessBuilder agent(List<String> args) throws IOException {
        Path jar = Path.of(System.getProperty("agent.jar"));
        assertThat(Files.size(jar)).isPositive();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(args);
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
