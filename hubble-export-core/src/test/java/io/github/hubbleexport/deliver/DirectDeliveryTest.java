package io.github.hubbleexport.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.PartialWriteException;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.ErrorListener;
import io.github.hubbleexport.stats.EventRecorder;
import io.github.hubbleexport.stats.ExporterAccount;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.testkit.Gate;
import io.github.hubbleexport.testkit.MemoryLog;
import io.github.hubbleexport.testkit.MemorySink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DirectDeliveryTest {

    private static final long NEVER = TimeUnit.HOURS.toNanos(1);

    private final MemorySink sink = new MemorySink();
    private final ExporterAccount account = account(null);
    private final EventRecorder recorder = account.events();

    private static ExporterAccount account(@Nullable ErrorListener listener) {
        return ExporterAccount.open("test", listener, null, new MemoryLog(), System::nanoTime, () -> 0);
    }

    private DirectDelivery delivery(Sink to, int batchBytes, long flushIntervalNanos) {
        return delivery(to, batchBytes, flushIntervalNanos, account);
    }

    private DirectDelivery delivery(Sink to, int batchBytes, long flushIntervalNanos, ExporterAccount into) {
        BatchWriter writer = new BatchWriter(to, false, null, into, System::nanoTime, () -> 0);
        DirectDelivery delivery = new DirectDelivery(writer, batchBytes, flushIntervalNanos);
        delivery.start();
        return delivery;
    }

    private static Delivered deliver(DirectDelivery delivery, String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        return delivery.deliver(bytes, 0, bytes.length);
    }

    @Test
    void theRecordThatFillsABatchIsWrittenWithIt() {
        try (DirectDelivery delivery = delivery(sink, 8, NEVER)) {
            assertThat(deliver(delivery, "aaa")).isEqualTo(Delivered.BUFFERED);
            assertThat(sink.lines()).isZero();
            assertThat(deliver(delivery, "bbb")).isEqualTo(Delivered.WRITTEN);
            assertThat(sink.text()).isEqualTo("aaa\nbbb\n");
            assertThat(sink.batches()).isEqualTo(1);
            assertThat(recorder.snapshot().written()).isEqualTo(2);
            assertThat(recorder.snapshot().bytesWritten()).isEqualTo(8);
        }
    }

    @Test
    void flushAndCloseWriteWhatWaits() {
        DirectDelivery delivery = delivery(sink, 1_000, NEVER);
        deliver(delivery, "one");
        delivery.flush(NEVER);
        assertThat(sink.text()).isEqualTo("one\n");
        assertThat(sink.flushes()).isEqualTo(1);
        deliver(delivery, "two");
        delivery.close();
        delivery.close();
        assertThat(sink.text()).isEqualTo("one\ntwo\n");
        assertThat(sink.closes()).isEqualTo(1);
        assertThat(deliver(delivery, "three")).isEqualTo(Delivered.REFUSED);
        assertThat(recorder.snapshot().written()).isEqualTo(2);
    }

    @Test
    void whatWaitsIsWrittenAfterTheFlushInterval() throws InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        sink.fault(batch -> written.countDown());
        try (DirectDelivery delivery = delivery(sink, 1_000, 1)) {
            deliver(delivery, "late");
            written.await();
        }
        assertThat(sink.text()).isEqualTo("late\n");
    }

    @Test
    void aFailedWriteLosesItsBatchAndTheNextIsOffered() {
        try (DirectDelivery delivery = delivery(sink, 1, NEVER)) {
            sink.fault(batch -> {
                throw new IOException("disk full");
            });
            assertThat(deliver(delivery, "lost")).isEqualTo(Delivered.LOST);
            sink.fault(batch -> {});
            assertThat(deliver(delivery, "kept")).isEqualTo(Delivered.WRITTEN);
        }
        assertThat(sink.text()).isEqualTo("kept\n");
        assertThat(recorder.snapshot().lost(LossReason.WRITE_FAILED)).isEqualTo(1);
        assertThat(recorder.snapshot().written()).isEqualTo(1);
    }

    @Test
    void whateverASinkThrowsIsCountedAndNotThrown() {
        List<Throwable> faults =
                List.of(new IllegalStateException("x"), new AssertionError("y"), new StackOverflowError());
        try (DirectDelivery delivery = delivery(sink, 1, NEVER)) {
            for (Throwable fault : faults) {
                sink.fault(batch -> sneak(fault));
                assertThat(deliver(delivery, "lost")).isEqualTo(Delivered.LOST);
            }
        }
        assertThat(recorder.snapshot().lost(LossReason.WRITE_FAILED)).isEqualTo(faults.size());
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable fault) throws T {
        throw (T) fault;
    }

    @Test
    void ofATornBatchTheWholeLinesAreWritten() {
        try (DirectDelivery delivery = delivery(sink, 12, NEVER)) {
            sink.fault(batch -> {
                sink.take(batch, 2);
                throw new PartialWriteException(2, new IOException("torn"));
            });
            deliver(delivery, "aaa");
            deliver(delivery, "bbb");
            assertThat(deliver(delivery, "ccc")).isEqualTo(Delivered.LOST);
            sink.fault(batch -> {});
        }
        assertThat(sink.text()).isEqualTo("aaa\nbbb\n");
        ExporterCounters counters = recorder.snapshot();
        assertThat(counters.written()).isEqualTo(2);
        assertThat(counters.bytesWritten()).isEqualTo(8);
        assertThat(counters.lost(LossReason.WRITE_FAILED)).isEqualTo(1);
    }

    @Test
    void aSinkThatCannotFlushOrCloseHurtsNobody() {
        Sink broken = new Sink() {
            @Override
            public void write(LineBatch batch) {}

            @Override
            public void flush() throws IOException {
                throw new IOException("flush");
            }

            @Override
            public void close() {
                throw new IllegalStateException("close");
            }
        };
        DirectDelivery delivery = delivery(broken, 1, NEVER);
        assertThat(deliver(delivery, "x")).isEqualTo(Delivered.WRITTEN);
        delivery.flush(NEVER);
        delivery.close();
        assertThat(recorder.snapshot().written()).isEqualTo(1);
    }

    @Test
    void anInterruptedThreadDeliversAndStaysInterrupted() {
        try (DirectDelivery delivery = delivery(sink, 1, NEVER)) {
            Thread.currentThread().interrupt();
            assertThat(deliver(delivery, "x")).isEqualTo(Delivered.WRITTEN);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void manyThreadsLoseNothingAndKeepTheirOrder() throws InterruptedException {
        int threads = 8;
        int records = 5_000;
        AtomicInteger inSink = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        sink.fault(batch -> {
            if (inSink.incrementAndGet() != 1) {
                overlaps.incrementAndGet();
            }
            inSink.decrementAndGet();
        });
        List<Thread> workers = new ArrayList<>();
        try (DirectDelivery delivery = delivery(sink, 512, 1)) {
            for (int t = 0; t < threads; t++) {
                int thread = t;
                workers.add(new Thread(() -> {
                    for (int i = 0; i < records; i++) {
                        deliver(delivery, thread + " " + i);
                    }
                }));
            }
            workers.forEach(Thread::start);
            for (Thread worker : workers) {
                worker.join();
            }
        }
        assertThat(overlaps).hasValue(0);
        assertThat(recorder.snapshot().written()).isEqualTo((long) threads * records);
        int[] next = new int[threads];
        for (String line : sink.text().lines().toList()) {
            String[] columns = line.split(" ", -1);
            assertThat(Integer.parseInt(columns[1])).isEqualTo(next[Integer.parseInt(columns[0])]++);
        }
        assertThat(next).containsOnly(records);
    }

    @Test
    void whileTheSinkWorksOthersGatherANewBatch() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        sink.fault(batch -> {
            entered.countDown();
            await(go);
        });
        try (DirectDelivery delivery = delivery(sink, 4, NEVER)) {
            Thread writer = new Thread(() -> deliver(delivery, "slow"));
            writer.start();
            entered.await();
            // Returns although the sink is at work.
            assertThat(deliver(delivery, "a")).isEqualTo(Delivered.BUFFERED);
            go.countDown();
            writer.join();
        }
        assertThat(sink.text()).isEqualTo("slow\na\n");
    }

    /** A thread that writes a line and stands in the gate, through which the sink passes. */
    private Thread heldUp(Gate gate, DirectDelivery delivery, String line) throws InterruptedException {
        sink.fault(batch -> gate.pass());
        Thread writer = new Thread(() -> deliver(delivery, line));
        writer.start();
        gate.awaitArrival();
        return writer;
    }

    @Test
    void whatGathersMeanwhileBecomesSeveralBatchesLargeAndGoesInOne() throws InterruptedException {
        Gate gate = new Gate();
        try (DirectDelivery delivery = delivery(sink, 5, NEVER)) {
            Thread writer = heldUp(gate, delivery, "slow");
            for (int i = 1; i < DirectDelivery.MOST_BATCHES; i++) {
                assertThat(deliver(delivery, "more")).isEqualTo(Delivered.BUFFERED);
            }
            Thread last = new Thread(() -> deliver(delivery, "last"));
            last.start();
            Gate.awaitWaiting(last);
            assertThat(delivery.depth())
                    .isEqualTo(new Depth(DirectDelivery.MOST_BATCHES, 5 * DirectDelivery.MOST_BATCHES));
            gate.open();
            writer.join();
            last.join();
            assertThat(sink.batches()).isEqualTo(2);
        }
        assertThat(sink.text()).isEqualTo("slow\nmore\nmore\nmore\nlast\n");
    }

    @Test
    void whatGatheredIsWrittenByTheNextRecordOnceTheSinkIsFree() throws InterruptedException {
        Gate gate = new Gate();
        try (DirectDelivery delivery = delivery(sink, 5, NEVER)) {
            Thread writer = heldUp(gate, delivery, "slow");
            assertThat(deliver(delivery, "more")).isEqualTo(Delivered.BUFFERED);
            gate.open();
            writer.join();
            assertThat(sink.text()).isEqualTo("slow\n");
            assertThat(deliver(delivery, "x")).isEqualTo(Delivered.WRITTEN);
            assertThat(sink.text()).isEqualTo("slow\nmore\nx\n");
        }
    }

    @Test
    void whenMuchHasGatheredThreadsWait() throws InterruptedException {
        Gate gate = new Gate();
        List<Thread> waiting = new ArrayList<>();
        try (DirectDelivery delivery = delivery(sink, 1, NEVER)) {
            Thread writer = heldUp(gate, delivery, "first");
            for (int i = 0; i < 3; i++) {
                Thread thread = new Thread(() -> {
                    deliver(delivery, "full");
                    deliver(delivery, "full");
                });
                thread.start();
                waiting.add(thread);
            }
            waiting.forEach(Gate::awaitWaiting);
            assertThat(delivery.depth()).isEqualTo(new Depth(3, 15));
            gate.open();
            writer.join();
            for (Thread thread : waiting) {
                thread.join();
            }
        }
        assertThat(sink.lines()).isEqualTo(7);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aListenerMayCallBack() {
        AtomicLong heard = new AtomicLong();
        DirectDelivery[] self = new DirectDelivery[1];
        ExporterAccount telling = account(error -> {
            heard.addAndGet(error.events());
            self[0].flush(NEVER);
        });
        try (DirectDelivery delivery = delivery(sink, 1, NEVER, telling)) {
            self[0] = delivery;
            sink.fault(batch -> {
                throw new IOException("full");
            });
            assertThat(deliver(delivery, "lost")).isEqualTo(Delivered.LOST);
            sink.fault(batch -> {});
            assertThat(deliver(delivery, "kept")).isEqualTo(Delivered.WRITTEN);
        }
        assertThat(heard).hasValue(1);
        assertThat(sink.text()).isEqualTo("kept\n");
    }

    @Test
    void noThreadIsLeftAfterClose() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            DirectDelivery delivery = delivery(sink, 100, NEVER);
            deliver(delivery, "x");
            delivery.close();
        }
        List<Thread> flushers = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("hubble-export flusher of test"))
                .toList();
        for (Thread flusher : flushers) {
            flusher.join();
        }
        assertThat(sink.lines()).isEqualTo(200);
    }
}
