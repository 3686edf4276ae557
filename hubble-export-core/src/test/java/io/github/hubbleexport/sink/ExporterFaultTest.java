package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.sink.FaultyFileOps.Call;
import io.github.hubbleexport.stats.LossReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the host of an exporter sees of file operations that fail or hang. */
@Timeout(120)
final class ExporterFaultTest {

    private static final int EVENTS = 40;

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants()
            .json()
            .expectLog("WRITE_FAILED|flushed|a write failed by which no event was lost|[A-Z]+ failed \\(");

    @TempDir
    private Path folder;

    private final FakeTime time = new FakeTime();
    private final FaultyFileOps ops = new FaultyFileOps().bytesBeforeFailure(17);
    private int exported;

    /** Early calls of a kind fail, one a run, one run after the other in the same files. */
    @ParameterizedTest
    @EnumSource(Call.class)
    @DisplayName("row 2: whichever call fails, the host sees no exception, the sums add up, and the exporter recovers")
    void whicheverCallFails(Call kind) {
        LogFolder log = new LogFolder(folder);
        Fsync fsync = kind == Call.SYNC ? Fsync.eachBatch() : Fsync.never();
        int found = 0;
        for (int failing : new int[] {1, 2, 3, 5, 8}) {
            FaultyFileOps run = new FaultyFileOps().bytesBeforeFailure(17);
            run.plan((call, number) -> call == kind && number == failing);
            exported = 0;
            FlowExporter exporter =
                    exporter(sink(run).fsync(fsync).compress(true).build());
            export(exporter, EVENTS);
            run.plan((call, number) -> false);
            time.advance(ActiveFile.LONGEST_PAUSE);
            assertThat(exporter.export(event())).as("recovers").isEqualTo(ExportOutcome.WRITTEN);
            exporter.close();
            assertThat(exporter.counters().received()).isEqualTo(EVENTS + 1);
            assertThat(exporter.counters().written() + exporter.counters().lost(LossReason.WRITE_FAILED))
                    .isEqualTo(EVENTS + 1);
            found += (int) exporter.counters().written();
            assertThat(log.lines()).hasSize(found);
        }
    }

    @Test
    @DisplayName(
            "row 23: a disk that hangs while a backup is compressed holds up neither writing nor, for long, closing")
    void hangingInTheBackground() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch compressed = new CountDownLatch(1);
        ops.hold(call -> {
            if (call == Call.READ_BYTES) {
                hanging.countDown();
                awaitQuietly(released);
            }
        });
        RotationListener listener = new RotationListener() {
            @Override
            public void compressed(Path backup, Path archive) {
                compressed.countDown();
            }
        };
        RotatingSink sink = sink(ops)
                .compress(true)
                .closeWait(Duration.ofMillis(1))
                .listener(listener)
                .build();
        FlowExporter exporter = exporter(sink);
        export(exporter, 20);
        hanging.await();
        export(exporter, EVENTS);
        assertThat(exporter.counters().written()).isEqualTo(20 + EVENTS);
        exporter.close();
        assertThat(sink.stats().compressions()).isZero();
        released.countDown();
        assertThat(compressed.await(1, TimeUnit.MINUTES))
                .as("what was begun is ended")
                .isTrue();
    }

    @Test
    @DisplayName("row 23: while a write hangs, its sink can be asked what it did")
    void hangingWrite() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ops.hold(call -> {
            if (call == Call.WRITE) {
                hanging.countDown();
                awaitQuietly(released);
            }
        });
        RotatingSink sink = sink(ops).build();
        FlowExporter exporter = exporter(sink);
        Thread writer = new Thread(() -> export(exporter, 1));
        writer.start();
        hanging.await();
        assertThat(sink.stats().lines()).isZero();
        assertThat(exporter.counters().inFlight()).isEqualTo(1);
        released.countDown();
        writer.join();
        assertThat(sink.stats().lines()).isEqualTo(1);
    }

    @Test
    @DisplayName("row 4: a dropped oversize event is counted as lost, and the ones around it are written")
    void aDroppedEventIsCountedAsLost() {
        RotatingSink sink = sink(ops).oversize(Oversize.DROP).build();
        FlowExporter exporter = invariants.watch(new ExporterBuilder()
                .gapLines(false)
                .sink(sink)
                .batchBytes(1 << 16)
                .build());
        for (String uuid : List.of("before", "x".repeat(2_000), "after")) {
            exporter.export(Flow.newBuilder().setUuid(uuid).build());
        }
        exporter.flush();
        assertThat(exporter.counters().written()).isEqualTo(2);
        assertThat(exporter.counters().lostTotal()).isEqualTo(1);
        assertThat(new LogFolder(folder).lines())
                .containsExactly("{\"flow\":{\"uuid\":\"before\"}}", "{\"flow\":{\"uuid\":\"after\"}}");
    }

    private RotatingSink.Builder sink(FaultyFileOps files) {
        return RotatingSink.builder(folder.resolve("events.log"))
                .maxFileBytes(400)
                .maxBackups(0)
                .clock(time)
                .ticker(time)
                .fileOps(files);
    }

    private FlowExporter exporter(RotatingSink sink) {
        return invariants.watch(
                new ExporterBuilder().gapLines(false).sink(sink).batchBytes(1).build());
    }

    private void export(FlowExporter exporter, int events) {
        for (int i = 0; i < events; i++) {
            assertThat(exporter.export(event())).isIn(ExportOutcome.WRITTEN, ExportOutcome.LOST);
            time.advance(ActiveFile.FIRST_PAUSE);
        }
    }

    private Flow event() {
        return Flow.newBuilder().setUuid("event " + exported++).build();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
