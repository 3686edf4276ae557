package io.github.hubbleexport.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.config.DynamicExporter;
import io.github.hubbleexport.config.FlowLogConfig;
import io.github.hubbleexport.config.FlowLogs;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.testkit.MemorySink;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What a Prometheus sees of an exporter. */
class DynamicExporterMetricsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Path MONITORING = Path.of("../monitoring");
    private static final Pattern METRIC = Pattern.compile("hubble_(?:dynamic_exporter|export)_[a-z_]+");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final DynamicExporter exporter = DynamicExporter.builder()
            .pollInterval(Duration.ZERO)
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .customizer((entry, builder) -> builder.batchBytes(1))
            .sinks(entry -> {
                MemorySink sink = new MemorySink();
                if (entry.name().equals("broken")) {
                    sink.fault(batch -> {
                        throw new IOException("as told");
                    });
                }
                return sink;
            })
            .build();

    @AfterEach
    void close() {
        exporter.close();
        registry.close();
    }

    /** Samples by name and labels, as the text format has them. */
    private Map<String, Double> scrape() {
        return Arrays.stream(registry.scrape().split("\n"))
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
    }

    private void applyThree() {
        exporter.apply(FlowLogs.of(List.of(
                FlowLogConfig.builder("works", "/a").build(),
                FlowLogConfig.builder("broken", "/b").build(),
                FlowLogConfig.builder("over", "/c").end(NOW).build())));
    }

    @Test
    void showsWhatHubbleShows() {
        new DynamicExporterMetrics(exporter).bindTo(registry);
        applyThree();
        assertThat(scrape())
                .containsEntry("hubble_dynamic_exporter_exporters_total{status=\"active\"}", 2.0)
                .containsEntry("hubble_dynamic_exporter_exporters_total{status=\"inactive\"}", 1.0)
                .containsEntry("hubble_dynamic_exporter_up{name=\"works\"}", 1.0)
                .containsEntry("hubble_dynamic_exporter_up{name=\"over\"}", 0.0)
                .containsEntry("hubble_dynamic_exporter_reconfigurations_total{op=\"add\"}", 3.0)
                .containsEntry("hubble_dynamic_exporter_reconfigurations_total{op=\"failure\"}", 0.0)
                .containsEntry("hubble_dynamic_exporter_config_last_applied", NOW.getEpochSecond() * 1.0)
                .containsEntry(
                        "hubble_dynamic_exporter_config_hash",
                        Double.parseDouble(
                                Long.toUnsignedString(exporter.status().configHash())));
    }

    @Test
    void showsWhatBecameOfEvents() {
        applyThree();
        new DynamicExporterMetrics(exporter).bindTo(registry);
        for (int i = 0; i < 3; i++) {
            ExportOutcome unused = exporter.export(Flow.getDefaultInstance());
        }
        exporter.flush();
        Map<String, Double> samples = scrape();
        assertThat(samples)
                .containsEntry("hubble_export_events_total{exporter=\"works\",outcome=\"written\"}", 3.0)
                .containsEntry("hubble_export_events_total{exporter=\"works\",outcome=\"received\"}", 3.0)
                .containsEntry("hubble_export_events_total{exporter=\"broken\",outcome=\"lost\"}", 3.0)
                .containsEntry("hubble_export_lost_total{exporter=\"broken\",reason=\"write_failed\"}", 3.0)
                .containsEntry("hubble_export_lost_total{exporter=\"works\",reason=\"write_failed\"}", 0.0)
                .containsEntry("hubble_export_lines_total{exporter=\"works\"}", 3.0)
                .containsEntry("hubble_export_bytes_total{exporter=\"works\"}", 3.0 * "{\"flow\":{}}\n".length())
                .containsEntry("hubble_export_rotations_total{exporter=\"works\"}", 0.0)
                .containsEntry("hubble_export_waiting_events{exporter=\"works\"}", 0.0)
                .containsEntry("hubble_export_last_success{exporter=\"broken\"}", 0.0);
        assertThat(samples.get("hubble_export_write_failures_total{exporter=\"broken\"}"))
                .isPositive();
        assertThat(samples.get("hubble_export_last_success{exporter=\"works\"}"))
                .isPositive();
        assertThat(samples.get("hubble_export_write_latency{exporter=\"works\",quantile=\"1\"}"))
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, -8_348_206_301_142_220_000L, -8_348_206_301_142_219_777L
            })
    void aHashIsRoundedOnce(long hash) {
        assertThat(DynamicExporterMetrics.unsigned(hash)).isEqualTo(Double.parseDouble(Long.toUnsignedString(hash)));
    }

    @Test
    void hashesAreRoundedOnce() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            aHashIsRoundedOnce(random.nextLong());
        }
    }

    @Test
    void metersComeAndGoWithTheirEntries() {
        new DynamicExporterMetrics(exporter).bindTo(registry);
        applyThree();
        exporter.apply(FlowLogs.of(List.of(FlowLogConfig.builder("new", "/d").build())));
        assertThat(scrape().keySet())
                .noneMatch(sample -> sample.contains("works"))
                .contains("hubble_dynamic_exporter_up{name=\"new\"}");
    }

    @Test
    void theDashboardAndTheRulesNameMetricsThatExist() throws IOException {
        new DynamicExporterMetrics(exporter).bindTo(registry);
        applyThree();
        Set<String> known = scrape().keySet().stream()
                .map(sample -> sample.replaceAll("\\{.*", ""))
                .collect(Collectors.toSet());
        String dashboard = Files.readString(MONITORING.resolve("grafana-dashboard.json"));
        JsonNode panels = new ObjectMapper().readTree(dashboard).path("panels");
        assertThat(panels).isNotEmpty().allMatch(panel -> panel.path("targets").size() > 0);
        String rules = Files.readString(MONITORING.resolve("alerts.yaml"));
        Map<String, Object> groups = new Yaml().load(rules);
        assertThat(groups).containsOnlyKeys("groups");
        assertThat(names(dashboard)).isNotEmpty().isSubsetOf(known);
        assertThat(names(rules)).isNotEmpty().isSubsetOf(known);
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        for (Matcher name = METRIC.matcher(text); name.find(); ) {
            names.add(name.group());
        }
        return names;
    }
}
