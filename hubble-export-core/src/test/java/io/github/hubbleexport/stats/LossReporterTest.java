package io.github.hubbleexport.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.testkit.MemoryLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LossReporterTest {

    private final EventRecorder recorder = new EventRecorder();
    private final MemoryLog log = new MemoryLog();
    private final List<ExportError> heard = new ArrayList<>();
    private final Health health = new Health("audit", null, log, () -> 0);
    private long now = Long.MAX_VALUE - 5;
    private final LossReporter reporter = new LossReporter("audit", recorder, health, heard::add, log, this::now);

    private long now() {
        return now;
    }

    @Test
    void everyLossIsCountedAndHeardButLoggedOnceAMinute() {
        for (int i = 0; i < 10; i++) {
            reporter.lost(LossReason.WRITE_FAILED, 2, "disk full", new IllegalStateException("no space"));
        }
        assertThat(recorder.snapshot().lost(LossReason.WRITE_FAILED)).isEqualTo(20);
        assertThat(heard)
                .hasSize(10)
                .allSatisfy(error -> assertThat(error.events()).isEqualTo(2));
        assertThat(log.lines()).hasSize(1);
        assertThat(log.lines().get(0)).contains("audit", "lost 2 events", "WRITE_FAILED", "disk full", "no space");

        // The clock passes its largest number meanwhile, as System.nanoTime may.
        now += TimeUnit.MINUTES.toNanos(1);
        reporter.lost(LossReason.WRITE_FAILED, 1, "disk full", null);
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(1)).contains("lost 19 events");
    }

    @Test
    void eachReasonHasItsOwnLine() {
        for (LossReason reason : LossReason.values()) {
            reporter.lost(reason, 1, "why", null);
        }
        assertThat(log.lines()).hasSameSizeAs(LossReason.values());
        assertThat(recorder.snapshot().lostTotal()).isEqualTo(LossReason.values().length);
    }

    @Test
    void aListenerThatThrowsHurtsNobody() {
        LossReporter guarded = new LossReporter(
                "audit",
                recorder,
                health,
                error -> {
                    throw new IllegalStateException("broken listener");
                },
                log,
                this::now);
        guarded.lost(LossReason.CLOSED, 1, "late", null);
        assertThat(recorder.snapshot().lost(LossReason.CLOSED)).isEqualTo(1);
        assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("listener failed"));
    }

    @Test
    void troubleIsLoggedOnceAMinute() {
        reporter.trouble("flush failed", new IllegalStateException());
        reporter.trouble("flush failed", new IllegalStateException());
        now += TimeUnit.MINUTES.toNanos(2);
        reporter.trouble("flush failed", new IllegalStateException());
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(1)).contains("2 times");
        assertThat(recorder.snapshot().lostTotal()).isZero();
    }

    @Test
    void whatHasNotEndedIsInFlight() {
        recorder.received();
        recorder.received();
        recorder.received();
        recorder.filtered();
        recorder.written(1, 100);
        ExporterCounters counters = recorder.snapshot();
        assertThat(counters.inFlight()).isEqualTo(1);
        assertThat(counters.bytesWritten()).isEqualTo(100);
        assertThat(counters.lost()).containsOnlyKeys(LossReason.values());
    }
}
