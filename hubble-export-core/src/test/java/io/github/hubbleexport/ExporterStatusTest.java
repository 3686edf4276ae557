package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.hubbleexport.Delivery.WhenFull;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.ExporterState;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an exporter tells of itself. */
@Timeout(120)
class ExporterStatusTest extends DeliveryFixture {

    @Test
    void statusTellsEverything() {
        Path file = folder.resolve("flows.log");
        Delivery delivery = Delivery.queued(5_000, 50, WhenFull.dropOldest());
        FlowExporter exporter = new ExporterBuilder()
                .name("audit")
                .filePath(file)
                .maxFileSizeMb(3)
                .compress(true)
                .allowList("{\"verdict\":[\"DROPPED\"]}")
                .denyList("{\"source_pod\":[\"a/b\"]}")
                .fieldMask("verdict time")
                .delivery(delivery)
                .batchBytes(100)
                .hook(event -> ExportHook.Decision.CONTINUE)
                .build();
        ExporterStatus fresh = exporter.status();
        assertThat(fresh.name()).isEqualTo("audit");
        assertThat(fresh.state()).isEqualTo(ExporterState.HEALTHY);
        assertThat(fresh.health().lastSuccess()).isEmpty();
        assertThat(fresh.health().lastError()).isEmpty();
        ExporterConfiguration configuration = fresh.configuration();
        assertThat(configuration.allowList().trim()).isEqualTo("{\"verdict\":[\"DROPPED\"]}");
        assertThat(configuration.denyList().trim()).isEqualTo("{\"source_pod\":[\"a/b\"]}");
        assertThat(configuration.fieldMask()).isEqualTo("time,verdict");
        assertThat(configuration.encoder()).isEqualTo("JSON lines");
        assertThat(configuration.destination()).isEqualTo(file.toString());
        assertThat(configuration.sinkSettings())
                .containsOnly(
                        entry("maxFileBytes", "3145728"),
                        entry("maxBackups", "5"),
                        entry("compression", ".gz"),
                        entry("fileMode", "rw-r--r--"),
                        entry("fsync", "never"),
                        entry("oversize", "WRITE_ALONE"),
                        entry("rotateAtStart", "false"));
        assertThat(configuration.delivery())
                .isEqualTo(delivery)
                .hasToString("queued, 50 events, 5000 bytes, drop oldest");
        assertThat(configuration.batchBytes()).isEqualTo(100);
        assertThat(configuration.flushInterval()).isEqualTo(ExporterBuilder.DEFAULT_FLUSH_INTERVAL);
        assertThat(configuration.closeTimeout()).isEqualTo(ExporterBuilder.DEFAULT_CLOSE_TIMEOUT);
        assertThat(configuration.hooks()).isEqualTo(1);
        assertThat(configuration.gapLines()).isTrue();
        assertThat(configuration.closeOnShutdown()).isFalse();
        exporter.export(Flow.newBuilder()
                .setVerdict(io.github.hubbleexport.proto.flow.Verdict.DROPPED)
                .build());
        exporter.close();
        ExporterStatus closed = exporter.status();
        assertThat(closed.state()).isEqualTo(ExporterState.CLOSED);
        assertThat(closed.health().lastSuccess()).isPresent();
        assertThat(closed.counters().written()).isEqualTo(1);
        assertThat(closed.writeLatency().count()).isEqualTo(1);
        assertThat(closed.writeLatency().maxNanos()).isPositive();
        assertThat(closed.sinkFigures()).containsEntry("lines", 1L).containsEntry("rotations", 0L);
    }

    @Test
    void aSinkThatCannotTellItsFiguresHarmsNoStatus() {
        Sink shy = new Sink() {
            @Override
            public void write(LineBatch batch) {}

            @Override
            public Map<String, Long> figures() {
                throw new IllegalStateException("not now");
            }
        };
        FlowExporter exporter = exporter(Delivery.direct(), new ExporterBuilder().sink(shy));
        assertThat(exporter.status().sinkFigures()).isEmpty();
    }

    @Test
    void theSlowWayIsCounted() {
        FlowExporter exporter = exporter(Delivery.direct());
        byte[] part = ExportEvent.newBuilder().setFlow(flow(1)).build().toByteArray();
        byte[] twice = new byte[2 * part.length];
        System.arraycopy(part, 0, twice, 0, part.length);
        System.arraycopy(part, 0, twice, part.length, part.length);
        assertThat(exporter.export(part)).isEqualTo(ExportOutcome.WRITTEN);
        assertThat(exporter.counters().canonicalized()).isZero();
        assertThat(exporter.export(twice)).isEqualTo(ExportOutcome.WRITTEN);
        assertThat(exporter.counters().canonicalized()).isEqualTo(1);
        assertThat(lines()).containsExactly(line(1), line(1));
    }
}
