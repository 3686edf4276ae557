package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.filter.FlowFiltersBuilder;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.stats.ExportError;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.testkit.MemorySink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What becomes of events that meet a filter written in Java. */
class PredicatesInExporterTest {

    private static final Flow FLOW = Flow.newBuilder()
            .setTime(Timestamp.newBuilder().setSeconds(7))
            .setNodeName("n")
            .setVerdict(Verdict.AUDIT)
            .build();
    private static final ExportEvent EVENT = ExportEvent.newBuilder()
            .setFlow(FLOW)
            .setNodeName("n")
            .setTime(FLOW.getTime())
            .build();

    /** A flow whose uuid is not UTF-8, which only who parses it notices. */
    private static final byte[] BAD_TEXT = {(byte) 0x92, 2, 1, (byte) 0xff};

    private final MemorySink sink = new MemorySink();
    private final List<ExportError> errors = new CopyOnWriteArrayList<>();

    private FlowExporter exporter(FlowFiltersBuilder filters) {
        return new ExporterBuilder()
                .sink(sink)
                .errorListener(errors::add)
                .batchBytes(1)
                .fieldMask("verdict")
                .filters(filters.build())
                .build();
    }

    @Test
    void everyDoorShowsThePredicateTheSameEvent() {
        List<ExportEvent> seen = new ArrayList<>();
        try (FlowExporter exporter = exporter(FlowFilters.builder().allowIf("all", seen::add))) {
            assertThat(exporter.export(FLOW)).isEqualTo(ExportOutcome.WRITTEN);
            assertThat(exporter.exportFlow(FLOW.toByteArray())).isEqualTo(ExportOutcome.WRITTEN);
            assertThat(exporter.export(EVENT)).isEqualTo(ExportOutcome.WRITTEN);
            assertThat(exporter.export(EVENT.toByteArray())).isEqualTo(ExportOutcome.WRITTEN);
        }
        assertThat(seen).hasSize(4).containsOnly(EVENT);
    }

    @Test
    void filtersAndHooksShareOneMessage() {
        List<ExportEvent> seen = new ArrayList<>();
        FlowFilters filters = FlowFilters.builder().allowIf("all", seen::add).build();
        ExporterBuilder builder = new ExporterBuilder()
                .sink(sink)
                .filters(filters)
                .hook(event -> {
                    seen.add(event.event());
                    return ExportHook.Decision.STOP;
                });
        try (FlowExporter exporter = builder.build()) {
            assertThat(exporter.export(EVENT.toByteArray())).isEqualTo(ExportOutcome.STOPPED);
        }
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0)).isSameAs(seen.get(1));
    }

    @Test
    void aPredicateThatThrowsLosesTheEventOnly() {
        FlowFiltersBuilder filters = FlowFilters.builder().denyIf("picky", event -> {
            if (event.getFlow().getVerdict() == Verdict.ERROR) {
                throw new IllegalStateException("as told");
            }
            return false;
        });
        try (FlowExporter exporter = exporter(filters)) {
            Flow bad = FLOW.toBuilder().setVerdict(Verdict.ERROR).build();
            assertThat(exporter.export(bad)).isEqualTo(ExportOutcome.LOST);
            assertThat(exporter.export(FLOW)).isEqualTo(ExportOutcome.WRITTEN);
            assertThat(exporter.counters().lost(LossReason.INTERNAL_ERROR)).isEqualTo(1);
            assertThat(exporter.counters().lostTotal()).isEqualTo(1);
        }
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.cause()).hasMessage("as told"));
        assertThat(sink.text()).isEqualTo("{\"flow\":{\"verdict\":\"AUDIT\"}}\n");
    }

    @Test
    void damageThatOnlyThePredicateFindsIsThatOfTheEvent() {
        try (FlowExporter exporter = exporter(FlowFilters.builder().denyIf("none", event -> false))) {
            assertThat(exporter.exportFlow(BAD_TEXT)).isEqualTo(ExportOutcome.LOST);
            assertThat(exporter.exportFlow(FLOW.toByteArray())).isEqualTo(ExportOutcome.WRITTEN);
            assertThat(exporter.counters().lost(LossReason.UNDECODABLE)).isEqualTo(1);
            assertThat(exporter.counters().lostTotal()).isEqualTo(1);
        }
    }
}
