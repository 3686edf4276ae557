package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.Delivery.WhenFull;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.stats.ExportError;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.StateChange;
import io.github.hubbleexport.testkit.Gate;
import io.github.hubbleexport.testkit.MemorySink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Exporters of a test, with a sink in memory; after each test every event has an end that is counted once, and was told. */
abstract class DeliveryFixture {

    static final Duration AT_ONCE = Duration.ofNanos(1);
    static final Duration LONG = Duration.ofHours(1);

    final MemorySink sink = new MemorySink();
    final Gate gate = new Gate();
    final List<ExportError> errors = new CopyOnWriteArrayList<>();
    final List<StateChange> changes = new CopyOnWriteArrayList<>();
    final List<FlowExporter> exporters = new ArrayList<>();

    @TempDir
    Path folder;

    static Stream<Delivery> all() {
        return Stream.of(
                Delivery.direct(),
                Delivery.strict(),
                Delivery.queued(1_000, 3, WhenFull.block(AT_ONCE)),
                Delivery.queued(1_000, 3, WhenFull.dropNewest()),
                Delivery.queued(1_000, 3, WhenFull.dropOldest()));
    }

    static Stream<Delivery> queues() {
        return all().filter(delivery -> delivery.mode() == Delivery.Mode.QUEUED);
    }

    FlowExporter exporter(Delivery delivery, ExporterBuilder builder) {
        if (delivery.mode() != Delivery.Mode.STRICT) {
            builder.batchBytes(1).flushInterval(LONG);
        }
        FlowExporter exporter = builder.delivery(delivery)
                .nodeName("here")
                .errorListener(errors::add)
                .statusListener(changes::add)
                .build();
        exporters.add(exporter);
        return exporter;
    }

    FlowExporter exporter(Delivery delivery) {
        return exporter(delivery, new ExporterBuilder().sink(sink));
    }

    /** After each test: everything has an end that is counted once, and was told. */
    @AfterEach
    void theSumsAddUp() throws InterruptedException {
        gate.open();
        for (FlowExporter exporter : exporters) {
            exporter.close();
            ExporterCounters counters = exporter.counters();
            assertThat(counters.inFlight()).isZero();
            assertThat(counters.received())
                    .isEqualTo(counters.filtered()
                            + counters.stopped()
                            + counters.aggregated()
                            + counters.limited()
                            + counters.written()
                            + counters.lostTotal());
            assertThat(exporter.status().waitingEvents()).isZero();
            assertThat(exporter.status().waitingBytes()).isZero();
        }
        long lost = exporters.stream()
                .mapToLong(exporter -> exporter.counters().lostTotal())
                .sum();
        assertThat(errors.stream().mapToLong(ExportError::events).sum()).isEqualTo(lost);
    }

    static Flow flow(int number) {
        return Flow.newBuilder().setUuid(Integer.toString(number)).build();
    }

    static String line(int number) {
        return "{\"flow\":{\"uuid\":\"" + number + "\"},\"node_name\":\"here\"}";
    }

    static ExportOutcome export(FlowExporter exporter, int number) {
        try {
            return exporter.export(flow(number));
        } catch (StrictDeliveryException e) {
            return ExportOutcome.LOST;
        }
    }

    void fail() {
        sink.fault(batch -> {
            throw new IOException("full");
        });
    }

    void work() {
        sink.fault(batch -> {});
    }

    List<String> lines() {
        return sink.text().lines().toList();
    }
}
