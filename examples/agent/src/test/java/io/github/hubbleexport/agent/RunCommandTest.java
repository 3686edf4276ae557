package io.github.hubbleexport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent as a service, within the test's process; {@link RunAgentIT} has it in its own. */
@Timeout(120)
class RunCommandTest {

    @TempDir
    private Path folder;

    private Path flowLogs = Path.of("");
    private Path all = Path.of("");

    @BeforeEach
    void oneFlowLog() throws IOException {
        all = folder.resolve("all.log");
        flowLogs = Files.writeString(
                folder.resolve("flowlogs.yaml"),
                "flowLogs:\n- {name: all, filePath: " + all + ", fieldMask: [uuid]}\n");
    }

    private List<String> args(String... more) {
        List<String> args = new ArrayList<>(List.of("--hubble-flowlogs-config-path=" + flowLogs));
        args.addAll(List.of(more));
        return args;
    }

    private InProcessAgent agent(InputStream in, String... more) {
        return new InProcessAgent(in, args(more));
    }

    /** An agent that does not begin. */
    private static String refused(String... args) {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(args));
        AgentRun agent = new AgentRun();
        assertThat(agent.run(all.toArray(String[]::new))).as(agent.err()).isEqualTo(2);
        return agent.err();
    }

    private static byte[] events(int from, int to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = from; i < to; i++) {
            ExportEvent.newBuilder()
                    .setFlow(Flow.newBuilder().setUuid("e" + i).setVerdict(Verdict.FORWARDED))
                    .build()
                    .writeDelimitedTo(bytes);
        }
        return bytes.toByteArray();
    }

    private static String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("{\"flow\":{\"uuid\":\"e").append(i).append("\"}}\n");
        }
        return lines.toString();
    }

    private void awaitFile(String expected) throws Exception {
        Polling.await(expected, () -> Files.exists(all) && Files.readString(all).equals(expected));
    }

    private static InputStream stdin(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static InputStream stdin(String text) {
        return stdin(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void standardInputEndsTheRun() throws Exception {
        try (InProcessAgent agent = agent(stdin(events(0, 100)), "--input=-")) {
            assertThat(agent.join()).as(agent.err()).isZero();
            assertThat(all).hasContent(lines(0, 100));
            assertThat(agent.err())
                    .contains("the input has ended: 100 events in 0.00 s\n  all: 100 written ("
                            + Numbers.grouped(lines(0, 100).length()) + " bytes)\n");
        }
    }

    @Test
    void aFileIsFollowedWhileItGrowsAndIsCut() throws Exception {
        Path input = Files.write(folder.resolve("events.bin"), events(0, 3));
        try (InProcessAgent agent = agent(stdin(""), "--input=" + input)) {
            awaitFile(lines(0, 3));
            byte[] more = events(3, 5);
            Files.write(input, new byte[] {more[0], more[1]}, StandardOpenOption.APPEND); // half an event
            byte[] rest = Arrays.copyOfRange(more, 2, more.length);
            Files.write(input, rest, StandardOpenOption.APPEND);
            awaitFile(lines(0, 5));
            Files.write(input, events(5, 6), StandardOpenOption.TRUNCATE_EXISTING);
            awaitFile(lines(0, 6));
            assertThat(agent.stop()).as(agent.err()).isZero();
            assertThat(agent.err()).contains("events.bin was cut", "the agent was interrupted: 6 events");
        }
    }

    @Test
    void aStopInTheMiddleOfAnEventIsNoFault() throws Exception {
        byte[] two = events(0, 2);
        Path input = Files.write(folder.resolve("events.bin"), Arrays.copyOf(two, two.length - 1));
        try (InProcessAgent agent = agent(stdin(""), "--input=" + input)) {
            awaitFile(lines(0, 1));
            assertThat(agent.stop()).as(agent.err()).isZero();
            assertThat(agent.err()).contains(": 1 event in").doesNotContain("unreadable");
        }
    }

    @Test
    void aFolderOfSegmentsIsReadInOrder() throws Exception {
        Path segments = Files.createDirectory(folder.resolve("segments"));
        Files.write(segments.resolve("0002.bin"), events(2, 4));
        Files.write(segments.resolve("0001.bin"), events(0, 2));
        try (InProcessAgent agent = agent(stdin(""), "--input=" + segments)) {
            awaitFile(lines(0, 4));
            Files.write(segments.resolve("0003.bin"), events(4, 6));
            awaitFile(lines(0, 6));
            JsonNode input = agent.http().status().path("input");
            assertThat(input.path("name").asText()).isEqualTo(segments.toString());
            assertThat(input.path("events").asLong()).isEqualTo(6);
            assertThat(agent.stop()).as(agent.err()).isZero();
        }
    }

    @Test
    void anEventDoesNotGoOnInTheNextSegment() throws Exception {
        Path segments = Files.createDirectory(folder.resolve("segments"));
        byte[] two = events(0, 2);
        Files.write(segments.resolve("1"), Arrays.copyOf(two, two.length - 1));
        Files.write(segments.resolve("2"), events(2, 4));
        try (InProcessAgent agent = agent(stdin(""), "--input=" + segments)) {
            awaitFile(lines(0, 1) + lines(2, 4));
            assertThat(agent.stop()).isEqualTo(1);
            assertThat(agent.err())
                    .contains(segments.resolve("1") + ": event 2: the input ends after ")
                    .contains("4 events in 0.00 s, 1 unreadable");
        }
    }

    @Test
    void aBadLineIsCountedAndTheNextOnesGoOn() throws Exception {
        PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(writer);
        try (InProcessAgent agent = agent(in, "--input=-", "--input-format=json")) {
            writer.write((lines(0, 1) + "nonsense\n" + lines(1, 2)).getBytes(StandardCharsets.UTF_8));
            writer.flush();
            awaitFile(lines(0, 2));
            Http http = agent.http();
            assertThat(http.metrics().value("hubble_export_input_events_total{}"))
                    .isEqualTo(2);
            assertThat(http.metrics().value("hubble_export_input_unreadable_total{}"))
                    .isEqualTo(1);
            JsonNode input = http.status().path("input");
            assertThat(input.path("unreadable").asLong()).isEqualTo(1);
            assertThat(input.path("lastError").asText()).startsWith("line 2: ");
            assertThat(http.get("/healthz").statusCode()).isEqualTo(200);
            writer.close();
            assertThat(agent.join()).isEqualTo(1);
            assertThat(agent.err()).contains("line 2: ");
        }
    }

    @Test
    void aBrokenLengthEndsTheRunWithWhatCameBefore() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(events(0, 2));
        bytes.write(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
        bytes.write(events(2, 4));
        try (InProcessAgent agent = agent(stdin(bytes.toByteArray()), "--input=-")) {
            assertThat(agent.join()).isEqualTo(1);
            assertThat(all).hasContent(lines(0, 2));
            assertThat(agent.err()).contains("the input broke off: event 3 has a length of more than 10 bytes");
        }
    }

    @Test
    void aDamagedEventIsLostAndCounted() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(events(0, 1));
        bytes.write(new byte[] {3, 10, 100, 0}); // a flow of 100 bytes in an event of 3
        bytes.write(events(1, 2));
        PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(writer);
        try (InProcessAgent agent = agent(in, "--input=-")) {
            writer.write(bytes.toByteArray());
            writer.flush();
            awaitFile(lines(0, 2));
            Scrape scrape = agent.http().metrics();
            assertThat(scrape.value("hubble_export_lost_total{exporter=all,reason=undecodable}"))
                    .isEqualTo(1);
            assertThat(scrape.value("hubble_export_events_total{exporter=all,outcome=lost}"))
                    .isEqualTo(1);
            assertThat(agent.http().get("/healthz").statusCode())
                    .as("delivery works")
                    .isEqualTo(200);
            assertThat(agent.stop()).isEqualTo(1);
            assertThat(agent.err()).contains("2 written (46 bytes), 1 lost (UNDECODABLE 1)");
        }
    }

    @Test
    void anEntryThatCannotBeBuiltMakesTheAgentUnwell() throws Exception {
        Files.writeString(flowLogs, "- {name: folder, filePath: " + folder + "}\n", StandardOpenOption.APPEND);
        PipedInputStream in = new PipedInputStream(new PipedOutputStream());
        try (InProcessAgent agent = agent(in, "--input=-")) {
            Http http = agent.http();
            HttpResponse<String> health = http.get("/healthz");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).startsWith("folder is not in force: ").contains(folder.toString());
            assertThat(http.metrics().value("hubble_dynamic_exporter_up{name=folder}"))
                    .isZero();
            Files.writeString(flowLogs, "flowLogs:\n- {name: all, filePath: " + all + "}\n");
            Polling.await("well again", () -> http.get("/healthz").statusCode() == 200);
            Files.writeString(flowLogs, "flowLogs:\n- {nam: all, filePath: " + all + "}\n");
            Polling.await("unwell", () -> http.get("/healthz").statusCode() == 503);
            assertThat(http.get("/healthz").body())
                    .startsWith("the flowlogs file is not in force: flowLogs[0].nam: unknown key; did you mean name?")
                    .contains("line 2");
            JsonNode config = http.status().path("config");
            assertThat(config.path("inForce").asBoolean()).isFalse();
            assertThat(config.path("refusal")).isNotEmpty();
            assertThat(agent.stop()).isZero();
        }
    }

    @Test
    void aDiskThatTakesNothingMakesTheAgentUnwell() throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Files.writeString(flowLogs, "flowLogs:\n- {name: all, filePath: " + gone.resolve("sub/all.log") + "}\n");
        PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(writer);
        try (InProcessAgent agent = agent(in, "--input=-")) {
            Http http = agent.http();
            writer.write(events(0, 1));
            writer.flush();
            Polling.await("written", () -> http.metrics().value("hubble_export_lines_total{exporter=all}") == 1);
            // A file in the place of the folder: nobody can make the log again.
            deleteAll(gone);
            Files.writeString(gone, "in the way");
            Polling.await("unwell", () -> {
                writer.write(events(1, 2));
                writer.flush();
                return http.get("/healthz").statusCode() == 503;
            });
            assertThat(http.get("/healthz").body()).startsWith("all is degraded since ");
            JsonNode error = http.status().path("lastError");
            assertThat(error.path("exporter").asText()).isEqualTo("all");
            assertThat(error.path("what").asText()).isNotEmpty();
            assertThat(agent.stop()).isEqualTo(1);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    @Test
    void staticAndDynamicWorkTogetherAndTheirClashIsRefusedByName() throws Exception {
        Path fixed = folder.resolve("static.log");
        try (InProcessAgent agent = agent(
                stdin(events(0, 2)),
                "--input=-",
                "--hubble-export-file-path=" + fixed,
                "--hubble-export-fieldmask=verdict",
                "--hubble-export-denylist={\"uuid\":[\"e0\"]}")) {
            assertThat(agent.join()).as(agent.err()).isZero();
        }
        assertThat(all).hasContent(lines(0, 2));
        assertThat(fixed).hasContent("{\"flow\":{\"verdict\":\"FORWARDED\"}}\n");
        String told = refused(
                args("--input=-", "--listen=127.0.0.1:0", "--hubble-export-file-path=" + folder.resolve("./all.log"))
                        .toArray(String[]::new));
        assertThat(told).contains("flowLogs[0].filePath: is the file of static-exporter, the static exporter");
    }

    @Test
    void ciliumsConfigMapWillDo() throws Exception {
        Path config = Files.createDirectory(folder.resolve("cilium-config"));
        Files.writeString(config.resolve("hubble-flowlogs-config-path"), flowLogs.toString());
        Files.writeString(config.resolve("kube-proxy-replacement"), "true");
        try (InProcessAgent agent =
                new InProcessAgent(stdin(events(0, 2)), List.of("--input=-", "--config-dir=" + config))) {
            assertThat(agent.join()).as(agent.err()).isZero();
        }
        assertThat(all).hasContent(lines(0, 2));
        assertThat(refused("--input=-", "--config-dir=" + config, "--hubble-export-fieldmask=time"))
                .isEqualTo(
                        "--hubble-export-fieldmask: --config-dir is given; say it there, or leave that out: \"time\"\n");
        assertThat(refused("--input=-", "--config-dir=" + folder.resolve("none")))
                .startsWith("--config-dir: cannot be read: ");
    }

    @Test
    void everyProblemIsToldBeforeAnythingIsOpened() {
        String told = refused(
                "--input=" + folder.resolve("none"),
                "--hubble-export-file-path=" + folder.resolve("x.log"),
                "--hubble-export-file-max-size-mb=0",
                "--listen=0.0.0.0:9967",
                "--shutdown-timeout=soon");
        assertThat(told.lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("--input: there is no such file"))
                .anyMatch(line -> line.startsWith("hubble-export-file-max-size-mb: "))
                .anyMatch(line -> line.startsWith("--listen: is not a loopback address"))
                .anyMatch(line -> line.startsWith("--shutdown-timeout: expected a duration above zero"));
        assertThat(folder.resolve("x.log")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-1s", "10", ""})
    void aTimeToEndThatIsNoneIsRefused(String timeout) {
        assertThat(refused(args("--input=-", "--shutdown-timeout=" + timeout).toArray(String[]::new)))
                .startsWith("--shutdown-timeout: ");
    }

    @Test
    void somethingToExportToHasToBeNamed() {
        assertThat(refused("--input=-")).startsWith("--hubble-flowlogs-config-path: is missing");
    }

    @ParameterizedTest
    @CsvSource({"'flowLogs: [', line 1", "'flowLogs:\n- {name: a}', filePath is required", "'', flowLogs"})
    void aFileThatCannotBeUsedIsRefused(String text, String told) throws IOException {
        Files.writeString(flowLogs, text);
        assertThat(refused(args("--input=-", "--listen=127.0.0.1:0").toArray(String[]::new)))
                .contains(told);
        assertThat(all).doesNotExist();
    }

    @Test
    void aPortThatIsTakenIsRefusedAndNothingIsCreated() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listen = "--listen=127.0.0.1:" + taken.getLocalPort();
            assertThat(refused(args("--input=-", listen).toArray(String[]::new)))
                    .startsWith("--listen: cannot be listened on: ");
        }
        assertThat(all).doesNotExist();
    }
}
