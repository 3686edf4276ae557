package io.github.hubbleexport.readme;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import com.sun.net.httpserver.HttpServer;
import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.config.DynamicExporter;
import io.github.hubbleexport.config.DynamicExporterStatus;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.testkit.ConformanceData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    private static final Path README = Path.of("../README.md");
    private static final Path SOURCES = Path.of("src/test/java/io/github/hubbleexport/readme");
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void everyJavaBlockStandsInAFileThatIsCompiled() throws IOException {
        String sources = Files.readString(SOURCES.resolve("Embedding.java"))
                + Files.readString(SOURCES.resolve("Following.java"))
                + Files.readString(SOURCES.resolve("HttpSink.java"));
        List<String> blocks = JAVA_BLOCK
                .matcher(Files.readString(README))
                .results()
                .map(MatchResult::group)
                .map(block -> block.replaceAll("(?m)^```.*\n?", ""))
                .toList();
        assertThat(blocks)
                .hasSize(3)
                .allSatisfy(block -> assertThat(withoutIndent(sources)).contains(withoutIndent(block)));
    }

    private static String withoutIndent(String code) {
        return code.replaceAll("(?m)^ +", "");
    }

    @Test
    void theEmbeddingExampleExports() throws IOException {
        List<byte[]> events = ConformanceData.resource("encode/cluster.bin").stream()
                .map(MessageLite::toByteArray)
                .toList();
        Path file = folder.resolve("flows.log");
        ExporterCounters counters = Embedding.exportAll(events, file);
        assertThat(counters.received()).isEqualTo(events.size());
        assertThat(counters.written())
                .isPositive()
                .isEqualTo(Files.readAllLines(file).size());
        assertThat(counters.lostTotal()).isZero();
        assertThat(counters.inFlight()).isZero();
    }

    @Test
    void theFlowLogsOfTheFileAreWritten() throws IOException {
        Matcher yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
        assertThat(yaml.find()).isTrue();
        String text = yaml.group(1).replace("/var/log/flows", folder.toString()).replace("2026-12", "9999-12");
        Path flowLogs = Files.writeString(folder.resolve("flowlogs.yaml"), text);
        List<byte[]> events = ConformanceData.resource("encode/cluster.bin").stream()
                .map(MessageLite::toByteArray)
                .toList();
        DynamicExporterStatus status = Following.exportAll(events, flowLogs);
        assertThat(status.flowLogs())
                .hasSize(2)
                .allSatisfy(flowLog -> assertThat(flowLog.counters().received()).isEqualTo(events.size()));
        assertThat(Files.readAllLines(folder.resolve("everything.log"))).hasSameSizeAs(events);
    }

    @Test
    void theConfigMapOfCiliumIsFollowed() throws IOException {
        Path file = folder.resolve("static.log");
        Files.writeString(folder.resolve("hubble-export-file-path"), file.toString());
        try (DynamicExporter exporter = Following.asCilium(folder)) {
            assertThat(exporter.export(Flow.getDefaultInstance())).isEqualTo(ExportOutcome.BUFFERED);
        }
        assertThat(file).hasContent("{\"flow\":{}}");
    }

    @Test
    void theCustomSinkSendsWholeLines() throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        AtomicInteger status = new AtomicInteger(503);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/flows", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (status.get() == 200) {
                received.writeBytes(body);
            }
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        URI target = URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/flows");
        try (FlowExporter exporter =
                new ExporterBuilder().sink(new HttpSink(target)).batchBytes(1).build()) {
            assertThat(exporter.export(Flow.newBuilder().setUuid("a").build())).isEqualTo(ExportOutcome.LOST);
            status.set(200);
            assertThat(exporter.export(Flow.newBuilder().setUuid("b").build())).isEqualTo(ExportOutcome.WRITTEN);
        } finally {
            server.stop(0);
        }
        assertThat(received.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        gap -> assertThat(gap).startsWith("{\"lost_events\":{\"num_events_lost\":\"1\","),
                        event -> assertThat(event).isEqualTo("{\"flow\":{\"uuid\":\"b\"}}"));
    }
}
