package io.github.hubbleexport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cilium's ConfigMap: the static exporter and the dynamic ones together. */
class CiliumConfigTest {

    @TempDir
    private Path folder;

    private static final Map<String, String> COMPLETE = Map.of(
            "hubble-export-file-path", "/var/run/cilium/hubble/events.log",
            "hubble-export-file-max-size-mb", "20",
            "hubble-export-file-max-backups", "0",
            "hubble-export-file-compress", "true",
            "hubble-export-allowlist", "{\"source_pod\":[\"a/\"]} {\"source_pod\":[\"b/\"]}",
            "hubble-export-denylist", "{\"source_pod\":[\"c/\"]}",
            "hubble-export-fieldmask", "time source.namespace,verdict",
            "hubble-export-aggregation-interval", "30s",
            "hubble-flowlogs-config-path", "/flowlog-config/flowlogs.yaml",
            "enable-hubble", "true");

    private static FlowFilter pod(String name) {
        return FlowFilter.newBuilder().addSourcePod(name).build();
    }

    private static FlowLogConfig complete() {
        return FlowLogConfig.builder("static-exporter", "/var/run/cilium/hubble/events.log")
                .fileMaxSizeMb(20)
                .fileMaxBackups(0)
                .fileCompress(true)
                .includeFilters(List.of(pod("a/"), pod("b/")))
                .excludeFilters(List.of(pod("c/")))
                .fieldMask(List.of("time", "verdict", "source.namespace"))
                .aggregationInterval(Duration.ofSeconds(30))
                .build();
    }

    @Test
    void readsEveryKey() {
        CiliumConfig config = CiliumConfig.of(COMPLETE);
        assertThat(config.staticExporter()).isEqualTo(complete());
        assertThat(config.flowLogsFile()).isEqualTo(Path.of("/flowlog-config/flowlogs.yaml"));
    }

    @Test
    void readsAConfigMapsFolder() throws IOException {
        Path data = Files.createDirectory(folder.resolve("..data"));
        for (Map.Entry<String, String> value : COMPLETE.entrySet()) {
            Files.writeString(data.resolve(value.getKey()), value.getValue() + "\n");
            Files.createSymbolicLink(folder.resolve(value.getKey()), Path.of("..data", value.getKey()));
        }
        assertThat(CiliumConfig.ofFolder(folder)).isEqualTo(CiliumConfig.of(COMPLETE));
        assertThatThrownBy(() -> CiliumConfig.ofFolder(folder.resolve("none"))).isInstanceOf(IOException.class);
    }

    @Test
    void eitherMayBeMissing() {
        assertThat(CiliumConfig.of(Map.of())).isEqualTo(new CiliumConfig(null, null));
        FlowLogConfig plain = FlowLogConfig.builder("static-exporter", "stdout").build();
        assertThat(CiliumConfig.of(Map.of("hubble-export-file-path", "stdout")).staticExporter())
                .isEqualTo(plain);
    }

    @Test
    void tellsEverythingThatIsWrong() {
        assertThatThrownBy(() -> CiliumConfig.of(Map.of(
                        "hubble-export-file-max-size-mb", "0",
                        "hubble-export-file-max-backups", "few",
                        "hubble-export-file-compress", "perhaps",
                        "hubble-export-allowlist", "{\"source_ip\":[\"x\"]}",
                        "hubble-export-denylist", "{\"nope\":1}",
                        "hubble-export-fieldmask", "time tim",
                        "hubble-export-fieldaggregate", "nope",
                        "hubble-export-aggregation-interval", "-1s",
                        "hubble-export-filepath", "x")))
                .asInstanceOf(InstanceOfAssertFactories.type(ConfigException.class))
                .extracting(e -> e.problems().stream().map(Problem::path).toList())
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder(
                        "hubble-export-file-max-size-mb",
                        "hubble-export-file-max-backups",
                        "hubble-export-file-compress",
                        "hubble-export-allowlist[0].source_ip[0]",
                        "hubble-export-denylist[0].nope",
                        "hubble-export-fieldmask[1]",
                        "hubble-export-fieldaggregate[0]",
                        "hubble-export-aggregation-interval",
                        "hubble-export-filepath");
    }

    @Test
    void bothWriteAndAClashOnOneFileIsRefusedByName() throws IOException {
        Path fixed = folder.resolve("static.log");
        Path file = Files.writeString(folder.resolve("flowlogs.json"), """
                {"flowLogs": [{"name": "a", "filePath": "%s"}]}""".formatted(folder.resolve("a.log")));
        CiliumConfig config = CiliumConfig.of(
                Map.of("hubble-export-file-path", fixed.toString(), "hubble-flowlogs-config-path", file.toString()));
        Flow flow = Flow.newBuilder().setUuid("u").build();
        try (DynamicExporter exporter =
                config.exporter().pollInterval(Duration.ZERO).build()) {
            assertThat(exporter.export(flow)).isEqualTo(ExportOutcome.BUFFERED);
        }
        assertThat(Files.readString(fixed))
                .isEqualTo(Files.readString(folder.resolve("a.log")))
                .isEqualTo("{\"flow\":{\"uuid\":\"u\"}}\n");
        Files.writeString(file, Files.readString(file).replace("a.log", "./static.log"));
        assertThatThrownBy(() -> config.exporter().build())
                .hasMessageContaining("flowLogs[0].filePath: is the file of static-exporter, the static exporter")
                .hasMessageContaining("line 1, column 41");
    }
}
