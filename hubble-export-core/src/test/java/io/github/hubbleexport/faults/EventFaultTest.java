package io.github.hubbleexport.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.github.hubbleexport.ExportHook;
import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.sink.SinkInvariants;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.testkit.MemorySink;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events and host code that are at fault themselves. */
class EventFaultTest {

    private static final Flow GOOD = Flow.newBuilder().setUuid("good").build();
    private static final String LINE = "{\"flow\":{\"uuid\":\"good\"}}\n";

    @RegisterExtension
    private final SinkInvariants invariants =
            new SinkInvariants().expectLog("UNENCODABLE|UNDECODABLE|HOOK_FAILED|INTERNAL_ERROR");

    private final MemorySink sink = new MemorySink();

    @Test
    @DisplayName("row 25: an event that cannot be encoded is counted, nothing of it is written, and the next goes on")
    void unencodable() {
        FlowExporter exporter = exporter(new ExporterBuilder());
        Flow beforeTheYearOne = GOOD.toBuilder()
                .setTime(Timestamp.newBuilder().setSeconds(Long.MIN_VALUE))
                .build();
        for (int i = 1; i <= 3; i++) {
            assertThat(exporter.export(beforeTheYearOne)).isEqualTo(ExportOutcome.LOST);
            assertThat(exporter.export(new byte[] {1})).isEqualTo(ExportOutcome.LOST);
            assertThat(exporter.export(GOOD)).isEqualTo(ExportOutcome.WRITTEN);
            assertThat(exporter.counters().lost(LossReason.UNENCODABLE)).isEqualTo(i);
            assertThat(exporter.counters().lost(LossReason.UNDECODABLE)).isEqualTo(i);
        }
        assertThat(sink.text()).isEqualTo(LINE.repeat(3));
    }

    @Test
    @DisplayName("row 26: a hook that throws loses its event, counted, and harms no other exporter")
    void brokenHook() {
        MemorySink other = new MemorySink();
        FlowExporter unharmed =
                invariants.watch(new ExporterBuilder().sink(other).batchBytes(1).build());
        for (Throwable bug : List.of(new IllegalStateException("bug"), new StackOverflowError("not a real one"))) {
            ExportHook broken = event -> {
                if (bug instanceof Error e) {
                    throw e;
                }
                throw (RuntimeException) bug;
            };
            FlowExporter exporter = exporter(new ExporterBuilder().hook(broken));
            assertThat(exporter.export(GOOD)).isEqualTo(ExportOutcome.LOST);
            assertThat(exporter.counters().lostTotal()).isEqualTo(1);
            assertThat(unharmed.export(GOOD)).isEqualTo(ExportOutcome.WRITTEN);
        }
        assertThat(sink.text()).isEmpty();
        assertThat(other.text()).isEqualTo(LINE.repeat(2));
    }

    @Test
    @DisplayName("row 26: a filter of the host that throws loses its event, counted, and the next goes on")
    void brokenFilter() {
        FlowFilters filters = FlowFilters.builder()
                .allowIf("breaks now and then", event -> {
                    if (event.getFlow().getUuid().equals("bad")) {
                        throw new IllegalStateException("bug");
                    }
                    return true;
                })
                .build();
        FlowExporter exporter = exporter(new ExporterBuilder().filters(filters));
        assertThat(exporter.export(Flow.newBuilder().setUuid("bad").build())).isEqualTo(ExportOutcome.LOST);
        assertThat(exporter.export(GOOD)).isEqualTo(ExportOutcome.WRITTEN);
        assertThat(exporter.counters().lostTotal()).isEqualTo(1);
        assertThat(sink.text()).isEqualTo(LINE);
    }

    private FlowExporter exporter(ExporterBuilder builder) {
        return invariants.watch(builder.sink(sink).batchBytes(1).build());
    }
}
