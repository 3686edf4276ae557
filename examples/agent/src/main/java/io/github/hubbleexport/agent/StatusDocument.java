package io.github.hubbleexport.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.github.hubbleexport.ExporterConfiguration;
import io.github.hubbleexport.ExporterStatus;
import io.github.hubbleexport.config.DynamicExporterStatus;
import io.github.hubbleexport.config.FlowLogConfig;
import io.github.hubbleexport.config.FlowLogStatus;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.HealthSnapshot;
import io.github.hubbleexport.stats.LastError;
import io.github.hubbleexport.stats.LatencySnapshot;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How an agent is doing, as JSON. Members that have no value are null, times are in RFC 3339, and an entry's configuration
 * has the keys of the flowlogs file.
 */
final class StatusDocument {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonFormat.Printer FILTERS = JsonFormat.printer().preservingProtoFieldNames();

    private StatusDocument() {}

    static String of(DynamicExporterStatus status, InputStatus input, List<String> reasons) {
        ObjectNode document = MAPPER.createObjectNode();
        document.put("healthy", reasons.isEmpty());
        reasons.forEach(document.putArray("reasons")::add);
        putInput(document.putObject("input"), input);
        putConfig(document.putObject("config"), status);
        document.set("lastError", lastError(status));
        ArrayNode exporters = document.putArray("exporters");
        status.flowLogs().forEach(entry -> putEntry(exporters.addObject(), entry));
        document.put("closedEvents", status.closedEvents());
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree cannot be written", e);
        }
    }

    private static void putInput(ObjectNode node, InputStatus input) {
        node.put("name", input.name());
        node.put("events", input.events());
        node.put("unreadable", input.unreadable());
        node.put("lastError", input.lastError().isEmpty() ? null : input.lastError());
    }

    /** The hash is a text: as a number, many readers would round it. */
    private static void putConfig(ObjectNode node, DynamicExporterStatus status) {
        node.put("hash", Long.toUnsignedString(status.configHash()));
        node.put("lastApplied", text(status.lastApplied()));
        node.put("refusedAt", text(status.refusedAt()));
        node.put("inForce", status.refusal().isEmpty());
        putProblems(node.putArray("refusal"), status.refusal());
        ObjectNode operations = node.putObject("reconfigurations");
        new TreeMap<>(status.reconfigurations()).forEach((operation, count) -> operations.put(lower(operation), count));
    }

    private static void putProblems(ArrayNode array, List<Problem> problems) {
        problems.forEach(problem -> array.add(problem.toString()));
    }

    /** The latest one of all exporters. */
    private static @Nullable ObjectNode lastError(DynamicExporterStatus status) {
        ObjectNode latest = null;
        LastError latestError = null;
        for (FlowLogStatus entry : status.flowLogs()) {
            LastError error = entry.exporter() == null
                    ? null
                    : entry.exporter().health().lastError().orElse(null);
            if (error != null && (latestError == null || error.at().isAfter(latestError.at()))) {
                latestError = error;
                latest = error(error).put("exporter", entry.name());
            }
        }
        return latest;
    }

    private static ObjectNode error(LastError error) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("at", error.at().toString());
        node.put("reason", error.reason().map(StatusDocument::lower).orElse(null));
        return node.put("what", error.what());
    }

    private static void putEntry(ObjectNode node, FlowLogStatus entry) {
        node.put("name", entry.name());
        node.put("state", lower(entry.state()));
        putProblems(node.putArray("problems"), entry.problems());
        putFile(node.putObject("config"), entry.config());
        putCounters(node.putObject("counters"), entry.counters());
        ExporterStatus exporter = entry.exporter();
        if (exporter == null) {
            node.putNull("exporter");
        } else {
            putExporter(node.putObject("exporter"), exporter);
        }
    }

    private static void putFile(ObjectNode node, FlowLogConfig config) {
        node.put("filePath", config.filePath());
        config.fieldMask().forEach(node.putArray("fieldMask")::add);
        putFilters(node.putArray("includeFilters"), config.includeFilters());
        putFilters(node.putArray("excludeFilters"), config.excludeFilters());
        node.put("fileMaxSizeMb", config.fileMaxSizeMb());
        node.put("fileMaxBackups", config.fileMaxBackups());
        node.put("fileCompress", config.fileCompress());
        node.put("end", text(config.end()));
    }

    private static void putFilters(ArrayNode array, List<FlowFilter> filters) {
        try {
            for (FlowFilter filter : filters) {
                array.add(MAPPER.readTree(FILTERS.print(filter)));
            }
        } catch (InvalidProtocolBufferException | JsonProcessingException e) {
            throw new IllegalStateException("a filter cannot be written", e);
        }
    }

    private static void putCounters(ObjectNode node, ExporterCounters counters) {
        node.put("received", counters.received());
        node.put("filtered", counters.filtered());
        node.put("stopped", counters.stopped());
        node.put("aggregated", counters.aggregated());
        node.put("limited", counters.limited());
        node.put("written", counters.written());
        node.put("bytesWritten", counters.bytesWritten());
        node.put("inFlight", counters.inFlight());
        ObjectNode lost = node.putObject("lost");
        new TreeMap<>(counters.lost()).forEach((reason, count) -> lost.put(lower(reason), count));
        node.put("gapLines", counters.gapLines());
        node.put("canonicalized", counters.canonicalized());
        node.put("failedWrites", counters.failedWrites());
        node.put("failedFlushes", counters.failedFlushes());
    }

    private static void putExporter(ObjectNode node, ExporterStatus exporter) {
        putHealth(node.putObject("health"), exporter.health());
        node.put("waitingEvents", exporter.waitingEvents());
        node.put("waitingBytes", exporter.waitingBytes());
        putLatency(node.putObject("writeLatencyNanos"), exporter.writeLatency());
        ObjectNode figures = node.putObject("sink");
        new TreeMap<>(exporter.sinkFigures()).forEach(figures::put);
        putConfiguration(node.putObject("configuration"), exporter.configuration());
    }

    private static void putHealth(ObjectNode node, HealthSnapshot health) {
        node.put("state", lower(health.state()));
        node.put("degradedSince", text(health.degradedSince().orElse(null)));
        node.put("lastSuccess", text(health.lastSuccess().orElse(null)));
        node.set("lastError", health.lastError().map(StatusDocument::error).orElse(null));
    }

    private static void putLatency(ObjectNode node, LatencySnapshot latency) {
        node.put("count", latency.count());
        node.put("mean", latency.meanNanos());
        node.put("p50", latency.percentileNanos(50));
        node.put("p99", latency.percentileNanos(99));
        node.put("max", latency.maxNanos());
    }

    private static void putConfiguration(ObjectNode node, ExporterConfiguration configuration) {
        node.put("allowList", configuration.allowList());
        node.put("denyList", configuration.denyList());
        node.put("fieldMask", configuration.fieldMask());
        node.put("encoder", configuration.encoder());
        node.put("destination", configuration.destination());
        node.put("delivery", configuration.delivery().toString());
        node.put("batchBytes", configuration.batchBytes());
        node.put("flushIntervalMillis", configuration.flushInterval().toMillis());
        node.put("gapLines", configuration.gapLines());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
