package io.github.hubbleexport.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.SinkInvariants;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.LossReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An exporter that is closed while it is in use. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ClosingTest {

    private static final int THREADS = 4;
    private static final int EVENTS_BEFORE = 500;
    private static final int EVENTS_AFTER = 3;

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants().json().expectLog("CLOSED");

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);

    @TempDir
    private Path root;

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    @DisplayName("row 31: closed from two threads while others export: what was taken is written, the rest is counted")
    void closedWhileOthersExport() throws Exception {
        Path live = root.resolve("flows.log");
        FlowExporter exporter =
                invariants.watch(new ExporterBuilder().filePath(live).build());
        CountDownLatch busy = new CountDownLatch(THREADS);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            String writer = "writer-" + thread;
            running.add(threads.submit(() -> exportUntilClosed(exporter, writer, busy)));
        }
        busy.await();
        Future<?> other = threads.submit(() -> exporter.close());
        exporter.close();
        other.get();
        for (Future<?> thread : running) {
            thread.get();
        }
        exporter.close();
        check(exporter.counters(), Trail.of(live));
    }

    /** The outcome of an event that comes too late is known at once, and stays so. */
    private static void exportUntilClosed(FlowExporter exporter, String writer, CountDownLatch busy) {
        int number = 0;
        while (exporter.export(Numbered.event(writer, number)) != ExportOutcome.LOST) {
            number++;
            if (number == EVENTS_BEFORE) {
                busy.countDown();
            }
        }
        for (int late = 1; late < EVENTS_AFTER; late++) {
            assertThat(exporter.export(Numbered.event(writer, number + late))).isEqualTo(ExportOutcome.LOST);
        }
    }

    private static void check(ExporterCounters counters, Trail trail) {
        assertThat(counters.lost(LossReason.CLOSED)).isEqualTo((long) THREADS * EVENTS_AFTER);
        assertThat(counters.lostTotal()).isEqualTo((long) THREADS * EVENTS_AFTER);
        assertThat(counters.inFlight()).isZero();
        assertThat(trail.events).isEqualTo(counters.written()).isGreaterThanOrEqualTo((long) THREADS * EVENTS_BEFORE);
        assertThat(trail.gaps()).isEmpty();
    }
}
