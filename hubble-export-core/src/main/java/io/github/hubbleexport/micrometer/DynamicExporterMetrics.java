package io.github.hubbleexport.micrometer;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.config.DynamicExporter;
import io.github.hubbleexport.config.DynamicExporterStatus;
import io.github.hubbleexport.config.DynamicExporterStatus.Operation;
import io.github.hubbleexport.config.FlowLogStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Shows a {@link DynamicExporter} in a registry of Micrometer. Hubble's own metrics keep their names and meanings (upstream:
 * {@code pkg/hubble/exporter/metrics.go}): {@code hubble.dynamic.exporter.exporters.total}, {@code .up},
 * {@code .reconfigurations}, {@code .config.hash} and {@code .config.last.applied}. Beside them stand, for each entry,
 * {@code hubble.export.events} by outcome, {@code .lost} by reason, {@code .lines}, {@code .bytes}, {@code .rotations},
 * {@code .write.failures}, {@code .write.latency} by quantile, {@code .waiting.events}, {@code .waiting.bytes} and
 * {@code .last.success}.
 *
 * <p>Values are read when the registry asks; exporting events never touches it. Meters of an entry come and go with it. May
 * be bound to several registries, from any thread.
 */
public final class DynamicExporterMetrics implements MeterBinder {

    private static final String PREFIX = "hubble.dynamic.exporter.";

    private final DynamicExporter exporter;

    /** Metrics of one exporter. */
    public DynamicExporterMetrics(DynamicExporter exporter) {
        this.exporter = requireNonNull(exporter, "exporter");
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        exporters(registry, "active", true);
        exporters(registry, "inactive", false);
        for (Operation operation : Operation.values()) {
            FunctionCounter.builder(
                            PREFIX + "reconfigurations",
                            exporter,
                            it -> it.status().count(operation))
                    .tag("op", operation.name().toLowerCase(Locale.ROOT))
                    .description("Number of dynamic exporters reconfigurations")
                    .register(registry);
        }
        gauge(registry, "config.hash", "Hash of last applied config", DynamicExporterMetrics::hash);
        gauge(registry, "config.last.applied", "Timestamp of last applied config", DynamicExporterMetrics::applied);
        Entries entries = new Entries(registry);
        exporter.onChange(entries::follow);
        entries.follow();
    }

    /** A gauge in spite of its name, which only counters may have in a registry: so it is shown as a counter. */
    private void exporters(MeterRegistry registry, String status, boolean active) {
        FunctionCounter.builder(PREFIX + "exporters", exporter, it -> count(it.status(), active))
                .tag("status", status)
                .description("Number of configured exporters")
                .register(registry);
    }

    private static double count(DynamicExporterStatus status, boolean active) {
        return status.flowLogs().stream()
                .filter(entry -> entry.isActive() == active)
                .count();
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<DynamicExporterStatus> value) {
        Gauge.builder(PREFIX + name, exporter, it -> value.applyAsDouble(it.status()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** Hubble's number has no sign. */
    private static double hash(DynamicExporterStatus status) {
        return unsigned(status.configHash());
    }

    /** Rounded once, as Go does it: half of the number has a sign to spare, and the bit that it loses still decides ties. */
    static double unsigned(long number) {
        return number >= 0 ? (double) number : 2.0 * ((number >>> 1) | (number & 1));
    }

    private static double applied(DynamicExporterStatus status) {
        Instant applied = status.lastApplied();
        return applied == null ? 0 : applied.toEpochMilli() / 1_000.0;
    }

    /** The meters of the entries in one registry. */
    private final class Entries {

        private final MeterRegistry registry;
        private final Map<String, EntryMeters> byName = new HashMap<>();

        Entries(MeterRegistry registry) {
            this.registry = registry;
        }

        synchronized void follow() {
            Set<String> names = exporter.status().flowLogs().stream()
                    .map(FlowLogStatus::name)
                    .collect(Collectors.toSet());
            byName.entrySet()
                    .removeIf(entry ->
                            !names.contains(entry.getKey()) && entry.getValue().remove());
            names.forEach(name -> byName.computeIfAbsent(name, it -> new EntryMeters(exporter, it, registry)));
        }
    }
}
