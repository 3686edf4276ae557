package io.github.hubbleexport.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.deliver.QueueBounds.Overflow;
import io.github.hubbleexport.stats.ExportError;
import io.github.hubbleexport.stats.ExporterAccount;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.testkit.Gate;
import io.github.hubbleexport.testkit.MemoryLog;
import io.github.hubbleexport.testkit.MemorySink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class QueuedDeliveryTest {

    private static final long NEVER = TimeUnit.HOURS.toNanos(1);
    private static final long AT_ONCE = 1;

    private final MemorySink sink = new MemorySink();
    private final Gate gate = new Gate();
    private final List<ExportError> errors = new CopyOnWriteArrayList<>();
    private final ExporterAccount account =
            ExporterAccount.open("test", errors::add, null, new MemoryLog(), System::nanoTime, () -> 0);

    @AfterEach
    void open() {
        gate.open();
    }

    private QueuedDelivery queue(long maxBytes, int maxEvents, Overflow overflow, long blockNanos) {
        QueueBounds bounds = new QueueBounds(maxBytes, maxEvents, overflow, blockNanos);
        BatchWriter writer = new BatchWriter(sink, false, null, account, System::nanoTime, () -> 0);
        QueuedDelivery delivery = new QueuedDelivery(writer, 1, NEVER, bounds);
        delivery.start();
        return delivery;
    }

    private static Delivered deliver(RecordDelivery delivery, String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        return delivery.deliver(bytes, 0, bytes.length);
    }

    private ExporterCounters counters() {
        return account.events().snapshot();
    }

    /** Brings a record to the sink, which keeps it, and the writer, until the gate opens. */
    private void occupy(RecordDelivery delivery) throws InterruptedException {
        sink.fault(batch -> gate.pass());
        assertThat(deliver(delivery, "first")).isEqualTo(Delivered.BUFFERED);
        gate.awaitArrival();
    }

    @ParameterizedTest
    @EnumSource(
            value = Overflow.class,
            names = {"DROP_NEWEST", "DROP_OLDEST"})
    @DisplayName("row 23: with a sink that blocks, a dropping queue holds what it may and export returns at once")
    void memoryIsBoundedWhileTheSinkBlocks(Overflow overflow) throws InterruptedException {
        try (QueuedDelivery delivery = queue(70, 1_000, overflow, 0)) {
            occupy(delivery);
            for (int i = 0; i < 10_000; i++) {
                deliver(delivery, "line " + (10_000 + i % 1_000));
                assertThat(delivery.depth().bytes()).isLessThanOrEqualTo(70);
            }
            assertThat(delivery.depth().events()).isEqualTo(6);
            assertThat(counters().lost(LossReason.QUEUE_FULL)).isEqualTo(10_000 - 6);
            gate.open();
        }
        int first = overflow == Overflow.DROP_NEWEST ? 10_000 : 10_994;
        StringBuilder expected = new StringBuilder("first\n");
        for (int i = 0; i < 6; i++) {
            expected.append("line ").append(first + i).append('\n');
        }
        assertThat(sink.text()).isEqualTo(expected.toString());
        assertThat(errors.stream().mapToLong(ExportError::events).sum()).isEqualTo(10_000 - 6);
    }

    @Test
    void aThreadThatBlocksGoesOnWhenThereIsRoom() throws InterruptedException {
        try (QueuedDelivery delivery = queue(1_000, 2, Overflow.BLOCK, NEVER)) {
            occupy(delivery);
            deliver(delivery, "a");
            deliver(delivery, "b");
            AtomicReference<Delivered> end = new AtomicReference<>();
            Thread blocked = new Thread(() -> end.set(deliver(delivery, "c")));
            blocked.start();
            Gate.awaitWaiting(blocked);
            assertThat(end).hasValue(null);
            gate.open();
            blocked.join();
            assertThat(end).hasValue(Delivered.BUFFERED);
        }
        assertThat(sink.text()).isEqualTo("first\na\nb\nc\n");
        assertThat(counters().lostTotal()).isZero();
    }

    @Test
    @DisplayName("row 23: with a sink that blocks, a blocking queue gives up at its limit")
    void aThreadThatBlocksGivesUpAtItsLimit() throws InterruptedException {
        try (QueuedDelivery delivery = queue(1_000, 1, Overflow.BLOCK, AT_ONCE)) {
            occupy(delivery);
            deliver(delivery, "a");
            assertThat(deliver(delivery, "lost")).isEqualTo(Delivered.LOST);
            assertThat(counters().lost(LossReason.QUEUE_FULL)).isEqualTo(1);
            gate.open();
        }
        assertThat(sink.text()).isEqualTo("first\na\n");
    }

    @Test
    @DisplayName("row 22: an interrupt does not end the waiting for room, and the flag stays set")
    void interruptsHarmNothing() throws InterruptedException {
        try (QueuedDelivery delivery = queue(1_000, 1, Overflow.BLOCK, NEVER)) {
            occupy(delivery);
            deliver(delivery, "a");
            AtomicReference<Delivered> end = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread blocked = new Thread(() -> {
                Thread.currentThread().interrupt();
                end.set(deliver(delivery, "b"));
                flag.set(Thread.currentThread().isInterrupted());
            });
            blocked.start();
            Gate.awaitWaiting(blocked);
            blocked.interrupt();
            Gate.awaitWaiting(blocked);
            gate.open();
            blocked.join();
            assertThat(end).hasValue(Delivered.BUFFERED);
            assertThat(flag).hasValue(true);
        }
        assertThat(sink.text()).isEqualTo("first\na\nb\n");
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void aRecordLargerThanTheQueueIsLostAtOnce(Overflow overflow) {
        try (QueuedDelivery delivery = queue(10, 100, overflow, NEVER)) {
            assertThat(deliver(delivery, "a")).isEqualTo(Delivered.BUFFERED);
            assertThat(deliver(delivery, "0123456789")).isEqualTo(Delivered.LOST);
            assertThat(deliver(delivery, "b")).isEqualTo(Delivered.BUFFERED);
        }
        assertThat(sink.text()).isEqualTo("a\nb\n");
        assertThat(counters().lost(LossReason.QUEUE_FULL)).isEqualTo(1);
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.message()).contains("larger"));
    }

    @Test
    void flushBringsEverythingToTheSinkOrGivesUp() throws InterruptedException {
        try (QueuedDelivery delivery = queue(1_000, 100, Overflow.BLOCK, NEVER)) {
            occupy(delivery);
            deliver(delivery, "a");
            assertThat(delivery.flush(AT_ONCE)).isFalse();
            gate.open();
            deliver(delivery, "b");
            assertThat(delivery.flush(NEVER)).isTrue();
            assertThat(sink.text()).isEqualTo("first\na\nb\n");
            assertThat(sink.flushes()).isPositive();
            int flushes = sink.flushes();
            assertThat(delivery.flush(NEVER)).isTrue();
            assertThat(sink.flushes()).isEqualTo(flushes + 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    @DisplayName("row 31: close waits until its limit and counts what remains, at the sink too")
    void closeGivesUpAtItsLimit(Overflow overflow) throws InterruptedException {
        QueuedDelivery delivery = queue(1_000, 100, overflow, NEVER);
        occupy(delivery);
        deliver(delivery, "a");
        deliver(delivery, "b");
        assertThat(delivery.close(AT_ONCE)).isFalse();
        assertThat(counters().lost(LossReason.CLOSE_TIMEOUT)).isEqualTo(3);
        assertThat(deliver(delivery, "c")).isEqualTo(Delivered.REFUSED);
        assertThat(delivery.close(NEVER)).isFalse();
        assertThat(sink.closes()).isZero();
        gate.open();
        sink.awaitClosed();
        assertThat(counters().written()).as("counted once, as lost").isZero();
        assertThat(counters().lostTotal()).isEqualTo(3);
        assertThat(sink.text()).isEqualTo("first\n");
    }

    @Test
    void closeWakesThoseWhoWaitForRoom() throws InterruptedException {
        QueuedDelivery delivery = queue(1_000, 1, Overflow.BLOCK, NEVER);
        occupy(delivery);
        deliver(delivery, "a");
        AtomicReference<Delivered> end = new AtomicReference<>();
        Thread blocked = new Thread(() -> end.set(deliver(delivery, "b")));
        blocked.start();
        Gate.awaitWaiting(blocked);
        assertThat(delivery.close(AT_ONCE)).isFalse();
        blocked.join();
        assertThat(end).hasValue(Delivered.REFUSED);
    }

    @Test
    void aListenerMayCallBackOnTheWritersOwnThread() throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        CompletableFuture<RecordDelivery> self = new CompletableFuture<>();
        ExporterAccount telling = ExporterAccount.open(
                "test",
                error -> {
                    assertThat(self.join().flush(NEVER)).isFalse();
                    assertThat(self.join().close(NEVER)).isFalse();
                    heard.countDown();
                },
                null,
                new MemoryLog(),
                System::nanoTime,
                () -> 0);
        QueueBounds bounds = new QueueBounds(100, 10, Overflow.BLOCK, NEVER);
        BatchWriter writer = new BatchWriter(sink, false, null, telling, System::nanoTime, () -> 0);
        QueuedDelivery delivery = new QueuedDelivery(writer, 1, NEVER, bounds);
        self.complete(delivery);
        delivery.start();
        sink.fault(batch -> {
            throw new IllegalStateException("as told");
        });
        deliver(delivery, "lost");
        heard.await();
        assertThat(delivery.close(NEVER)).isTrue();
        assertThat(telling.events().snapshot().lost(LossReason.WRITE_FAILED)).isEqualTo(1);
    }

    @Test
    void whatWaitsIsWrittenAfterTheFlushInterval() throws InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        sink.fault(batch -> written.countDown());
        QueueBounds bounds = new QueueBounds(1_000, 100, Overflow.BLOCK, NEVER);
        BatchWriter writer = new BatchWriter(sink, false, null, account, System::nanoTime, () -> 0);
        try (QueuedDelivery delivery = new QueuedDelivery(writer, 500, AT_ONCE, bounds)) {
            delivery.start();
            deliver(delivery, "late");
            written.await();
        }
        assertThat(sink.text()).isEqualTo("late\n");
    }
}
