package io.github.hubbleexport.micrometer;

import io.github.hubbleexport.config.DynamicExporter;
import io.github.hubbleexport.config.FlowLogStatus;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.LossReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The meters of one entry in one registry. */
final class EntryMeters {

    private static final String PREFIX = "hubble.export.";
    private static final double NANOS_A_SECOND = 1e9;

    private final DynamicExporter exporter;
    private final String name;
    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();

    EntryMeters(DynamicExporter exporter, String name, MeterRegistry registry) {
        this.exporter = exporter;
        this.name = name;
        this.registry = registry;
        Gauge.Builder<DynamicExporter> up = Gauge.builder(
                "hubble.dynamic.exporter.up", exporter, it -> read(it, status -> status.isActive() ? 1 : 0));
        meters.add(up.tag("name", name)
                .description("Status of individual exporters")
                .register(registry));
        events("received", ExporterCounters::received);
        events("filtered", ExporterCounters::filtered);
        events("stopped", ExporterCounters::stopped);
        events("written", ExporterCounters::written);
        events("lost", ExporterCounters::lostTotal);
        for (LossReason reason : LossReason.values()) {
            String tag = reason.name().toLowerCase(Locale.ROOT);
            counter("lost", "Events lost, by reason", counters -> counters.lost(reason), "reason", tag);
        }
        counter("lines", "Lines that the sink took", counters -> counters.written() + counters.gapLines());
        counter("bytes", "Bytes that the sink took", counters -> counters.bytesWritten() + counters.gapBytes());
        counter("write.failures", "Batches that the sink did not take whole", ExporterCounters::failedWrites);
        rotations();
        latency("0.5", 50);
        latency("0.99", 99);
        latency("1", 100);
        gauge("waiting.events", "Events that wait for the sink", status -> waiting(status, false));
        gauge("waiting.bytes", "Bytes that wait for the sink", status -> waiting(status, true));
        gauge("last.success", "When the sink last took a batch, in seconds since 1970", EntryMeters::lastSuccess);
    }

    boolean remove() {
        meters.forEach(registry::remove);
        return true;
    }

    /** An entry that has just gone has no values any more. */
    private double read(DynamicExporter from, ToDoubleFunction<FlowLogStatus> value) {
        FlowLogStatus status = from.status(name);
        return status == null ? Double.NaN : value.applyAsDouble(status);
    }

    private void events(String outcome, ToLongFunction<ExporterCounters> count) {
        counter(
                "events",
                "Events by what became of them; received is the sum and what waits",
                count,
                "outcome",
                outcome);
    }

    private void counter(String what, String description, ToLongFunction<ExporterCounters> count, String... tags) {
        meters.add(FunctionCounter.builder(
                        PREFIX + what, exporter, it -> read(it, status -> count.applyAsLong(status.counters())))
                .tag("exporter", name)
                .tags(tags)
                .description(description)
                .register(registry));
    }

    private void rotations() {
        meters.add(FunctionCounter.builder(PREFIX + "rotations", exporter, it -> read(it, EntryMeters::rotationsOf))
                .tag("exporter", name)
                .description("Times the file was put away as a backup")
                .register(registry));
    }

    private static double rotationsOf(FlowLogStatus status) {
        return status.exporter() == null ? 0 : status.exporter().sinkFigures().getOrDefault("rotations", 0L);
    }

    private void latency(String quantile, double percent) {
        gauge(
                "write.latency",
                "How long the sink takes for a batch, in seconds",
                status -> status.exporter() == null
                        ? 0
                        : status.exporter().writeLatency().percentileNanos(percent) / NANOS_A_SECOND,
                "quantile",
                quantile);
    }

    private static double waiting(FlowLogStatus status, boolean inBytes) {
        if (status.exporter() == null) {
            return 0;
        }
        return inBytes ? status.exporter().waitingBytes() : status.exporter().waitingEvents();
    }

    private static double lastSuccess(FlowLogStatus status) {
        return status.exporter() == null
                ? 0
                : status.exporter()
                        .health()
                        .lastSuccess()
                        .map(moment -> moment.toEpochMilli() / 1_000.0)
                        .orElse(0.0);
    }

    private void gauge(String what, String description, ToDoubleFunction<FlowLogStatus> value, String... tags) {
        meters.add(Gauge.builder(PREFIX + what, exporter, it -> read(it, value))
                .tag("exporter", name)
                .tags(tags)
                .description(description)
                .strongReference(true)
                .register(registry));
    }
}
