package io.github.hubbleexport.stats;

import static io.github.hubbleexport.stats.ExporterState.CLOSED;
import static io.github.hubbleexport.stats.ExporterState.DEGRADED;
import static io.github.hubbleexport.stats.ExporterState.HEALTHY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.testkit.MemoryLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthTest {

    private final MemoryLog log = new MemoryLog();
    private final List<StateChange> heard = new ArrayList<>();
    private long millis = 1_000;
    private final Health health = new Health("audit", heard::add, log, () -> millis++);

    @Test
    void aFailureDegradesAndTheNextSettledSuccessHeals() {
        health.succeeded(true);
        health.failed(LossReason.WRITE_FAILED, "the sink did not take them", new IllegalStateException("full"));
        health.failed(LossReason.WRITE_FAILED, "again", null);
        HealthSnapshot sick = health.snapshot();
        assertThat(sick.state()).isEqualTo(DEGRADED);
        assertThat(sick.degradedSince()).contains(Instant.ofEpochMilli(1_001));
        assertThat(sick.lastSuccess()).contains(Instant.ofEpochMilli(1_000));
        assertThat(sick.lastError())
                .contains(new LastError(Instant.ofEpochMilli(1_002), Optional.of(LossReason.WRITE_FAILED), "again"));
        health.succeeded(false);
        assertThat(health.snapshot().state()).isEqualTo(DEGRADED);
        health.succeeded(true);
        HealthSnapshot well = health.snapshot();
        assertThat(well.state()).isEqualTo(HEALTHY);
        assertThat(well.degradedSince()).isEmpty();
        assertThat(well.lastSuccess()).contains(Instant.ofEpochMilli(1_004));
        assertThat(well.lastError()).isEqualTo(sick.lastError());
        health.closed();
        health.closed();
        health.tell();
        assertThat(heard).extracting(StateChange::from).containsExactly(HEALTHY, DEGRADED, HEALTHY);
        assertThat(heard).extracting(StateChange::to).containsExactly(DEGRADED, HEALTHY, CLOSED);
        assertThat(heard.get(0).lastError().orElseThrow().what())
                .isEqualTo("the sink did not take them: java.lang.IllegalStateException: full");
        assertThat(heard.get(0).exporter()).isEqualTo("audit");
    }

    @Test
    void whatIsOnlyNotedDegradesNothing() {
        health.noted(LossReason.UNDECODABLE, "not an event", null);
        assertThat(health.snapshot().state()).isEqualTo(HEALTHY);
        assertThat(health.snapshot().lastError().orElseThrow().reason()).contains(LossReason.UNDECODABLE);
    }

    @Test
    void closedIsTheEnd() {
        health.closed();
        health.failed(null, "late", null);
        health.succeeded(true);
        assertThat(health.snapshot().state()).isEqualTo(CLOSED);
    }

    @Test
    void aListenerThatThrowsIsLoggedAndHearsTheNext() {
        AtomicInteger calls = new AtomicInteger();
        Health guarded = new Health(
                "audit",
                change -> {
                    calls.incrementAndGet();
                    throw new AssertionError("broken listener");
                },
                log,
                () -> 0);
        guarded.failed(null, "sick", null);
        guarded.tell();
        guarded.succeeded(true);
        guarded.tell();
        assertThat(calls).hasValue(2);
        assertThat(log.lines()).hasSize(2).allSatisfy(line -> assertThat(line).contains("status listener failed"));
    }

    @Test
    void aListenerThatCausesAChangeHearsItAfterwards() {
        List<String> order = new ArrayList<>();
        Health[] self = new Health[1];
        self[0] = new Health(
                "audit",
                change -> {
                    order.add("begin " + change.to());
                    if (change.to() == DEGRADED) {
                        self[0].closed();
                        self[0].tell();
                    }
                    order.add("end " + change.to());
                },
                log,
                () -> 0);
        self[0].failed(null, "sick", null);
        self[0].tell();
        assertThat(order).containsExactly("begin DEGRADED", "end DEGRADED", "begin CLOSED", "end CLOSED");
    }

    @Test
    void manyThreadsAreToldOneAfterTheOtherInOrder() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        List<StateChange> changes = new ArrayList<>();
        Health shared = new Health(
                "audit",
                change -> {
                    if (inside.incrementAndGet() != 1) {
                        overlaps.incrementAndGet();
                    }
                    changes.add(change);
                    inside.decrementAndGet();
                },
                log,
                () -> 0);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            threads.add(new Thread(() -> {
                for (int n = 0; n < 3_000; n++) {
                    shared.failed(null, "sick", null);
                    shared.tell();
                    shared.succeeded(true);
                    shared.tell();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        shared.tell();
        assertThat(overlaps).hasValue(0);
        assertThat(changes.size()).isPositive().isEven();
        for (int i = 0; i < changes.size(); i++) {
            assertThat(changes.get(i).to()).isEqualTo(i % 2 == 0 ? DEGRADED : HEALTHY);
        }
    }
}
