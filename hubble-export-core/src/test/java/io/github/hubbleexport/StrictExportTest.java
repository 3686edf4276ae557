package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.sink.Fsync;
import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Oversize;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.ExporterState;
import io.github.hubbleexport.stats.LossReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Strict delivery as a host sees it: what {@code export} throws, and when the event is down. */
@Timeout(120)
class StrictExportTest extends DeliveryFixture {

    @Test
    void strictSaysWhyAndGoesOn() {
        FlowExporter exporter = exporter(Delivery.strict());
        assertThat(exporter.export(flow(1))).isEqualTo(ExportOutcome.WRITTEN);
        assertThat(sink.flushes()).as("flushed with the event").isEqualTo(1);
        fail();
        StrictDeliveryException full =
                catchThrowableOfType(StrictDeliveryException.class, () -> exporter.export(flow(2)));
        assertThat(full.reason()).isEqualTo(LossReason.WRITE_FAILED);
        assertThat(full.taken()).isFalse();
        assertThat(full).hasMessageContaining("exporter").hasRootCauseMessage("full");
        work();
        StrictDeliveryException damaged =
                catchThrowableOfType(StrictDeliveryException.class, () -> exporter.export(new byte[] {1}));
        assertThat(damaged.reason()).isEqualTo(LossReason.UNDECODABLE);
        assertThat(exporter.export(flow(3))).isEqualTo(ExportOutcome.WRITTEN);
        exporter.close();
        StrictDeliveryException late =
                catchThrowableOfType(StrictDeliveryException.class, () -> exporter.export(flow(4)));
        assertThat(late.reason()).isEqualTo(LossReason.CLOSED);
        assertThat(exporter.counters().written()).isEqualTo(2);
        assertThat(exporter.counters().lostTotal()).isEqualTo(3);
    }

    @Test
    void strictThrowsWhenTheSinkCannotBeFlushed() {
        AtomicInteger written = new AtomicInteger();
        Sink forgetful = new Sink() {
            @Override
            public void write(LineBatch batch) {
                written.addAndGet(batch.lines());
            }

            @Override
            public void flush() throws IOException {
                if (written.get() == 2) {
                    throw new IOException("not sent on");
                }
            }
        };
        FlowExporter exporter = exporter(Delivery.strict(), new ExporterBuilder().sink(forgetful));
        assertThat(exporter.export(flow(1))).isEqualTo(ExportOutcome.WRITTEN);
        StrictDeliveryException thrown =
                catchThrowableOfType(StrictDeliveryException.class, () -> exporter.export(flow(2)));
        assertThat(thrown.taken()).isTrue();
        assertThat(thrown.reason()).isEqualTo(LossReason.WRITE_FAILED);
        assertThat(exporter.counters().written()).isEqualTo(2);
        assertThat(exporter.counters().lostTotal()).isZero();
        assertThat(exporter.status().state()).isEqualTo(ExporterState.DEGRADED);
        assertThat(exporter.export(flow(3))).isEqualTo(ExportOutcome.WRITTEN);
    }

    @Test
    void strictEventsAreInTheFileBeforeExportReturns() throws IOException {
        Path file = folder.resolve("audit.log");
        RotatingSink synced =
                RotatingSink.builder(file).fsync(Fsync.eachBatch()).build();
        FlowExporter exporter = exporter(Delivery.strict(), new ExporterBuilder().sink(synced));
        for (int number = 0; number < 5; number++) {
            assertThat(exporter.export(flow(number))).isEqualTo(ExportOutcome.WRITTEN);
            assertThat(Files.readAllLines(file)).hasSize(number + 1).endsWith(line(number));
        }
    }

    @Test
    void strictThrowsForALineThatTheSinkLeavesOut() throws IOException {
        Path file = folder.resolve("audit.log");
        RotatingSink small = RotatingSink.builder(file)
                .maxFileBytes(1_000)
                .oversize(Oversize.DROP)
                .build();
        FlowExporter exporter = exporter(Delivery.strict(), new ExporterBuilder().sink(small));
        Flow large = Flow.newBuilder().setUuid("x".repeat(2_000)).build();
        StrictDeliveryException thrown =
                catchThrowableOfType(StrictDeliveryException.class, () -> exporter.export(large));
        assertThat(thrown.reason()).isEqualTo(LossReason.WRITE_FAILED);
        assertThat(thrown.taken()).isFalse();
        assertThat(exporter.export(flow(1))).isEqualTo(ExportOutcome.WRITTEN);
        assertThat(Files.readAllLines(file)).hasSize(2).last().isEqualTo(line(1));
        assertThat(exporter.counters().gapLines()).isEqualTo(1);
    }
}
