package io.github.hubbleexport.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.testkit.MemorySink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** An exporter whose entries write to memory, by a clock that is turned. */
abstract class DynamicFixture {

    static final Flow FLOW =
            Flow.newBuilder().setVerdict(Verdict.FORWARDED).setUuid("u").build();

    @TempDir
    Path folder;

    final TurnedClock clock = new TurnedClock();

    /** By the path in the file: the sinks that were opened for it, one after the other. */
    final Map<String, List<MemorySink>> opened = new LinkedHashMap<>();

    @Nullable
    DynamicExporter exporter;

    @AfterEach
    void close() {
        if (exporter != null) {
            exporter.close();
        }
    }

    Sink open(FlowLogConfig entry) {
        MemorySink sink = new MemorySink();
        opened.computeIfAbsent(entry.filePath(), path -> new ArrayList<>()).add(sink);
        return sink;
    }

    List<MemorySink> sinks(String path) {
        return opened.getOrDefault(path, List.of());
    }

    String text(String path) {
        return String.join("", sinks(path).stream().map(MemorySink::text).toList());
    }

    DynamicExporter.Builder inMemory(DynamicExporter.Builder builder) {
        return builder.sinks(this::open).clock(clock).pollInterval(Duration.ZERO);
    }

    DynamicExporter started(DynamicExporter.Builder builder) {
        exporter = builder.build();
        return exporter;
    }

    static FlowLogConfig.Builder entry(String name, String path) {
        return FlowLogConfig.builder(name, path).fieldMask(List.of("uuid"));
    }

    static FlowLogs logs(FlowLogConfig... configs) {
        return FlowLogs.of(List.of(configs));
    }

    static FlowLogStatus flowLog(DynamicExporter exporter, String name) {
        FlowLogStatus status = exporter.status().flowLog(name);
        assertThat(status).as(name).isNotNull();
        return requireNonNull(status);
    }

    static void send(DynamicExporter exporter, String uuid) {
        ExportOutcome unused = exporter.export(FLOW.toBuilder().setUuid(uuid).build());
    }

    static String line(String uuid) {
        return "{\"flow\":{\"uuid\":\"" + uuid + "\"}}\n";
    }

    /** Polls a condition that real threads make true; the test's time limit is the bound. */
    static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
