package io.github.hubbleexport.agent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.stats.LossReason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent in a process of its own, run from the one jar, as an operator has it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RunAgentIT {

    private static final Path MONITORING = Path.of("../../monitoring");
    private static final Pattern METRIC = Pattern.compile("hubble_(?:dynamic_exporter|export)_[a-z_]+");
    private static final Pattern URL = Pattern.compile("on (http://127\\.0\\.0\\.1:\\d+)");
    private static final Pattern TAKEN = Pattern.compile("a signal came: ([0-9,]+) events in");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int CLUSTER_EVENTS = 400;

    private static final Pattern README_COMMAND =
            Pattern.compile("\njava -jar examples/agent/target/hubble-export-agent.jar run ([^`]*)\n```");
    private static final int PIPE_BYTES = 64 * 1024;

    @TempDir
    private Path folder;

    private int sent;
    private @Nullable Agent running;

    /** The process, its standard input, and what it has said so far. */
    private static final class Agent {
        private final StringBuilder err = new StringBuilder();
        private final Process process;
        private final Thread listener = new Thread(this::listen);

        Agent(Path folder, String... args) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    System.getProperty("agent.jar"),
                    "run",
                    "--listen=127.0.0.1:0"));
            command.addAll(List.of(args));
            process = new ProcessBuilder(command).directory(folder.toFile()).start();
            listener.start();
        }

        private void listen() {
            process.errorReader(StandardCharsets.UTF_8).lines().forEach(this::heard);
        }

        private synchronized void heard(String line) {
            err.append(line).append('\n');
        }

        synchronized String err() {
            return err.toString();
        }

        Http http() throws Exception {
            Polling.await("the agent serves", () -> URL.matcher(err()).find() || !process.isAlive());
            Matcher url = URL.matcher(err());
            assertThat(url.find()).as(err()).isTrue();
            return new Http(url.group(1));
        }

        /** As the shell's kill does; returns the exit code. */
        int terminate() throws InterruptedException {
            // SIGTERM; unlike destroy() of Process, this leaves our ends of the streams open.
            assertThat(process.toHandle().destroy()).isTrue();
            int exit = process.waitFor();
            listener.join();
            return exit;
        }
    }

    private void start(String... args) throws IOException {
        running = new Agent(folder, args);
    }

    private Agent agent() {
        return requireNonNull(running, "the agent was not started");
    }

    @AfterEach
    void endAgent() throws InterruptedException {
        if (running != null) {
            running.process.destroyForcibly().waitFor();
            running.listener.join();
        }
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    /** As an editor or a ConfigMap does it: the new file takes the old one's place in one step. */
    private Path write(String flowLogs) throws IOException {
        Path file = folder.resolve("flowlogs.yaml");
        Path next = Files.writeString(folder.resolve("flowlogs.new"), flowLogs);
        return Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String entry(String name, String more) {
        return "- {name: " + name + ", filePath: " + log(name) + more + "}\n";
    }

    /** Numbered flows; every third was dropped. */
    private void send(int count) throws IOException {
        OutputStream in = agent().process.getOutputStream();
        for (int end = sent + count; sent < end; sent++) {
            Verdict verdict = sent % 3 == 0 ? Verdict.DROPPED : Verdict.FORWARDED;
            ExportEvent.newBuilder()
                    .setFlow(Flow.newBuilder().setUuid("e" + sent).setVerdict(verdict))
                    .build()
                    .writeDelimitedTo(in);
        }
        in.flush();
    }

    /** The lines of a log and its backups, each whole. */
    private List<String> lines(String name) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files(name)) {
            String text = Files.readString(file);
            assertThat(text.isEmpty() || text.endsWith("\n"))
                    .as(file.toString())
                    .isTrue();
            for (String line : text.lines().toList()) {
                assertThat(MAPPER.readTree(line).isObject()).as(line).isTrue();
                lines.add(line);
            }
        }
        return lines;
    }

    /** Backups first: their names are sorted by time, and before that of the live file. */
    private List<Path> files(String name) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches(name + "[-.].*log"))
                    .sorted()
                    .toList();
        }
    }

    private long bytes(String name) throws IOException {
        long bytes = 0;
        for (Path file : files(name)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static String events(String exporter, String outcome) {
        return "hubble_export_events_total{exporter=" + exporter + ",outcome=" + outcome + "}";
    }

    private static String of(String metric, String exporter) {
        return "hubble_export_" + metric + "{exporter=" + exporter + "}";
    }

    private static String reconfigurations(String operation) {
        return "hubble_dynamic_exporter_reconfigurations_total{op=" + operation + "}";
    }

    private void awaitWritten(Http http, String exporter, long count) throws Exception {
        Polling.await(exporter + " has " + count, () -> http.metrics().value(events(exporter, "written")) >= count);
        assertThat(http.metrics().value(events(exporter, "written"))).isEqualTo((double) count);
    }

    @Test
    void anAgentServesReloadsAndEndsInOrder() throws Exception {
        Path flowLogs = write("flowLogs:\n" + entry("everything", ", fileMaxSizeMb: 1, fileMaxBackups: all")
                + entry("drops", ", fieldMask: [uuid], includeFilters: [{verdict: [DROPPED]}]")
                + entry("over", ", end: \"2020-01-01T00:00:00Z\""));
        start(
                "--input=-",
                "--hubble-flowlogs-config-path=" + flowLogs,
                "--hubble-export-file-path=" + log("static"),
                "--hubble-export-fieldmask=uuid");
        Http http = agent().http();

        sendCluster(3);
        send(300);
        awaitWritten(http, "everything", 3 * CLUSTER_EVENTS + 300);
        awaitWritten(http, "static-exporter", 3 * CLUSTER_EVENTS + 300);
        Polling.await("nothing waits", () -> http.metrics().value(of("waiting_events", "drops")) == 0);
        assertMetricsBeforeReload(http);
        assertHealthy(http);

        reloadTo(
                http,
                "flowLogs:\n" + entry("everything", ", fieldMask: [uuid]") + entry("added", "")
                        + "- {name: folder, filePath: " + folder + "}\n");
        assertMetricsAfterReload(http);
        assertUnwell(http, "folder is not in force: ");
        refuse(http, "flowLogs:\n" + entry("everything", "") + entry("everything", ""));
        assertUnwell(http, "the flowlogs file is not in force: ");
        reloadTo(
                http,
                "flowLogs:\n" + entry("everything", ", fieldMask: [uuid]") + entry("added", ", fieldMask: [uuid]"));
        assertHealthy(http);

        send(10_000);
        int exit = agent().terminate();
        assertThat(exit).as(agent().err()).isZero();
        assertEverythingThatWasTakenIsInTheFiles();
    }

    private void sendCluster(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            agent().process.getOutputStream().write(TestData.bytes("cluster.bin"));
        }
    }

    private void reloadTo(Http http, String flowLogs) throws Exception {
        String before = http.status().path("config").path("hash").asText();
        write(flowLogs);
        Polling.await("the reload", () -> {
            JsonNode config = http.status().path("config");
            return !config.path("hash").asText().equals(before)
                    && config.path("inForce").asBoolean();
        });
    }

    private void refuse(Http http, String flowLogs) throws Exception {
        write(flowLogs);
        Polling.await("the refusal", () -> http.metrics().value(reconfigurations("failure")) == 1);
        assertThat(http.status().path("config").path("refusal").path(0).asText())
                .contains("duplicated flowlog name everything", "line 3");
    }

    private void assertMetricsBeforeReload(Http http) throws Exception {
        Scrape scrape = http.metrics();
        long all = 3 * CLUSTER_EVENTS + 300;
        long drops = lines("drops").size();
        assertThat(drops).isGreaterThanOrEqualTo(100);
        assertThat(files("everything")).hasSizeGreaterThan(2);
        JsonNode config = http.status().path("config");
        assertThat(scrape.samples())
                .containsEntry("hubble_dynamic_exporter_exporters_total{status=active}", 3.0)
                .containsEntry("hubble_dynamic_exporter_exporters_total{status=inactive}", 1.0)
                .containsEntry("hubble_dynamic_exporter_up{name=everything}", 1.0)
                .containsEntry("hubble_dynamic_exporter_up{name=static-exporter}", 1.0)
                .containsEntry("hubble_dynamic_exporter_up{name=over}", 0.0)
                .containsEntry(reconfigurations("add"), 3.0)
                .containsEntry(reconfigurations("update"), 0.0)
                .containsEntry(reconfigurations("remove"), 0.0)
                .containsEntry(reconfigurations("failure"), 0.0)
                .containsEntry(reconfigurations("entry_failure"), 0.0)
                .containsEntry(
                        "hubble_dynamic_exporter_config_hash{}",
                        Double.parseDouble(config.path("hash").asText()))
                .containsEntry("hubble_export_input_events_total{}", (double) all)
                .containsEntry("hubble_export_input_unreadable_total{}", 0.0)
                .containsEntry(events("drops", "received"), (double) all)
                .containsEntry(events("drops", "filtered"), (double) all - drops)
                .containsEntry(events("drops", "written"), (double) drops)
                .containsEntry(events("everything", "stopped"), 0.0)
                .containsEntry(events("everything", "lost"), 0.0)
                .containsEntry(events("over", "received"), 0.0)
                .containsEntry(of("lines_total", "everything"), (double) all)
                .containsEntry(of("bytes_total", "everything"), (double) bytes("everything"))
                .containsEntry(of("bytes_total", "drops"), (double) bytes("drops"))
                .containsEntry(
                        of("rotations_total", "everything"), files("everything").size() - 1.0)
                .containsEntry(of("rotations_total", "drops"), 0.0)
                .containsEntry(of("write_failures_total", "everything"), 0.0)
                .containsEntry(of("waiting_events", "everything"), 0.0)
                .containsEntry(of("waiting_bytes", "everything"), 0.0);
        double applied = Instant.parse(config.path("lastApplied").asText()).toEpochMilli() / 1_000.0;
        assertThat(scrape.value("hubble_dynamic_exporter_config_last_applied{}"))
                .isCloseTo(applied, within(0.001));
        assertThat(scrape.value(of("last_success", "everything"))).isGreaterThanOrEqualTo(applied);
        for (String quantile : List.of("0.5", "0.99", "1")) {
            assertThat(scrape.value("hubble_export_write_latency{exporter=everything,quantile=" + quantile + "}"))
                    .isPositive();
        }
        for (LossReason reason : LossReason.values()) {
            String name = reason.name().toLowerCase(Locale.ROOT);
            assertThat(scrape.value("hubble_export_lost_total{exporter=drops,reason=" + name + "}"))
                    .isZero();
        }
        assertThat(scrape.value(of("bytes_total", "static-exporter"))).isEqualTo((double) bytes("static"));
        assertMonitoringIsServed(scrape);
    }

    /** What the dashboard and the alert rules name is on the endpoint. */
    private static void assertMonitoringIsServed(Scrape scrape) throws IOException {
        Set<String> served = scrape.samples().keySet().stream()
                .map(sample -> sample.substring(0, sample.indexOf('{')))
                .collect(Collectors.toSet());
        for (String file : List.of("grafana-dashboard.json", "alerts.yaml")) {
            Set<String> named = new TreeSet<>();
            Matcher metric = METRIC.matcher(Files.readString(MONITORING.resolve(file)));
            while (metric.find()) {
                named.add(metric.group());
            }
            assertThat(named).as(file).isNotEmpty().isSubsetOf(served);
        }
    }

    private void assertMetricsAfterReload(Http http) throws Exception {
        Scrape scrape = http.metrics();
        assertThat(scrape.samples())
                .containsEntry(reconfigurations("add"), 4.0)
                .containsEntry(reconfigurations("update"), 1.0)
                .containsEntry(reconfigurations("remove"), 2.0)
                .containsEntry("hubble_dynamic_exporter_up{name=added}", 1.0)
                .containsEntry("hubble_dynamic_exporter_up{name=folder}", 0.0)
                .containsEntry("hubble_dynamic_exporter_exporters_total{status=active}", 3.0)
                .containsEntry("hubble_dynamic_exporter_exporters_total{status=inactive}", 1.0)
                .containsEntry(events("everything", "written"), 3.0 * CLUSTER_EVENTS + 300)
                .doesNotContainKeys(events("drops", "written"), "hubble_dynamic_exporter_up{name=over}");
        assertThat(scrape.value(reconfigurations("entry_failure"))).isPositive();
    }

    private static void assertHealthy(Http http) throws Exception {
        HttpResponse<String> health = http.get("/healthz");
        assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
        JsonNode status = http.status();
        assertThat(status.path("healthy").asBoolean()).isTrue();
        assertThat(status.path("exporters"))
                .isNotEmpty()
                .allMatch(it -> it.path("problems").isEmpty());
    }

    private static void assertUnwell(Http http, String reason) throws Exception {
        HttpResponse<String> health = http.get("/healthz");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains(reason);
        assertThat(http.status().path("healthy").asBoolean()).isFalse();
        assertThat(http.status().path("reasons").path(0).asText()).isNotEmpty();
    }

    /** The signal came somewhere in the last events; what was taken until then is known from the farewell alone. */
    private void assertEverythingThatWasTakenIsInTheFiles() throws IOException {
        Matcher farewell = TAKEN.matcher(agent().err());
        assertThat(farewell.find()).as(agent().err()).isTrue();
        int taken = Integer.parseInt(farewell.group(1).replace(",", ""));
        int cluster = 3 * CLUSTER_EVENTS;
        assertThat(taken).isBetween(cluster + 300, cluster + sent);
        assertThat(numbers("static")).isEqualTo(expected(0, taken - cluster));
        assertThat(numbers("everything")).isEqualTo(expected(0, taken - cluster));
        assertThat(numbers("added")).isEqualTo(expected(300, taken - cluster));
        assertThat(lines("static")).hasSize(taken);
        assertThat(agent().err())
                .contains("  static-exporter: " + Numbers.grouped(taken) + " written (")
                .doesNotContain(" lost (", "was over");
    }

    private List<Integer> numbers(String name) throws IOException {
        Pattern uuid = Pattern.compile("\"uuid\":\"e(\\d+)\"");
        List<Integer> numbers = new ArrayList<>();
        for (String line : lines(name)) {
            Matcher number = uuid.matcher(line);
            if (number.find()) {
                numbers.add(Integer.valueOf(number.group(1)));
            }
        }
        return numbers;
    }

    private static List<Integer> expected(int from, int to) {
        return Stream.iterate(from, i -> i < to, i -> i + 1).toList();
    }

    @Test
    void whatCannotBeDrainedByTheDeadlineIsTold() throws Exception {
        Path flowLogs = write("flowLogs:\n- {name: stuck, filePath: stdout}\n" + entry("works", ", fieldMask: [uuid]"));
        // Nobody reads its standard output, so that a pipe fills up and the exporter hangs in the write.
        start("--input=-", "--hubble-flowlogs-config-path=" + flowLogs, "--shutdown-timeout=1s");
        Http http = agent().http();
        Thread feeder = new Thread(this::feedUntilTheAgentEnds);
        feeder.start();
        int more = eventsThatAPipeDoesNotHold();
        Polling.await("the pipe is full", () -> http.metrics().value(events("stuck", "received")) >= more);
        int exit = agent().terminate();
        feeder.join();
        assertThat(exit).as(agent().err()).isEqualTo(1);
        assertThat(agent().err())
                .contains("the time to end, 1000 ms, was over: ", " are lost")
                .containsPattern("stuck: [0-9,]+ written .*CLOSE_TIMEOUT");
        List<String> works = lines("works");
        assertThat(works).hasSizeGreaterThanOrEqualTo(more - 1);
        assertThat(agent().err()).contains("works: " + Numbers.grouped(works.size()) + " written");
    }

    /** In a folder that looks like that of the project, so that what is written does not end up in it. */
    @Test
    void theCommandOfTheReadmeWorksAsItIsWritten() throws Exception {
        Path project = Path.of("../..").toRealPath();
        for (String part : List.of("examples", "hubble-export-core")) {
            Files.createSymbolicLink(folder.resolve(part), project.resolve(part));
        }
        Matcher command = README_COMMAND.matcher(Files.readString(project.resolve("README.md")));
        assertThat(command.find()).isTrue();
        start(command.group(1).replace("\\\n", " ").strip().split("\\s+"));
        Http http = agent().http();
        Polling.await(
                "all are written",
                () -> http.metrics().value(of("bytes_total", "everything")) > 0
                        && http.status().path("input").path("events").asInt() == CLUSTER_EVENTS);
        assertThat(agent().terminate()).as(agent().err()).isZero();
        assertThat(folder.resolve("flows/everything.log")).hasBinaryContent(TestData.bytes("cluster.none.jsonl"));
        assertThat(folder.resolve("flows/drops.log")).content().contains("\"verdict\":\"DROPPED\"");
    }

    private static int eventsThatAPipeDoesNotHold() {
        int bytes = 0;
        int events = 0;
        List<String> lines = new String(TestData.bytes("cluster.none.jsonl"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        while (bytes <= PIPE_BYTES) {
            bytes += lines.get(events++).length();
        }
        return events;
    }

    private void feedUntilTheAgentEnds() {
        try {
            sendCluster(3);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("pipe");
        }
    }
}
