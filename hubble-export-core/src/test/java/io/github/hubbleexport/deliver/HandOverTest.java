package io.github.hubbleexport.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.deliver.QueueBounds.Overflow;
import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.PartialWriteException;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.ExportError;
import io.github.hubbleexport.stats.ExporterAccount;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.testkit.MemoryLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many threads hand over numbered records, in every way of delivery, to a sink that fails, takes parts and is slow at random,
 * while others flush. No record is there twice or out of its thread's order, every one is written or lost and counted, and
 * the lines that tell of gaps tell of exactly what is missing. {@code -Dhubble.handover.seeds} runs more seeds than a few, and
 * {@code -Dhubble.seed} one.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HandOverTest {

    private static final int FEW_SEEDS = 12;
    private static final int THREADS = 6;
    private static final int RECORDS = 2_000;
    private static final long FOREVER = TimeUnit.HOURS.toNanos(1);

    private final List<ExportError> errors = new CopyOnWriteArrayList<>();
    private final ExporterAccount account =
            ExporterAccount.open("test", errors::add, null, new MemoryLog(), System::nanoTime, () -> 7);

    /** What a test runs with; printed when it fails. */
    private record Case(Way way, long seed) {}

    private enum Way {
        DIRECT,
        STRICT,
        BLOCK,
        BLOCK_SHORTLY,
        DROP_NEWEST,
        DROP_OLDEST
    }

    static Stream<Case> cases() {
        Long seed = Long.getLong("hubble.seed");
        long first = seed == null ? 0 : seed;
        long count = seed == null ? Long.getLong("hubble.handover.seeds", FEW_SEEDS) : 1;
        return Stream.iterate(first, next -> next + 1)
                .limit(count)
                .flatMap(one -> Arrays.stream(Way.values()).map(way -> new Case(way, one)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyRecordIsThereOnceOrCountedAsLost(Case test) throws InterruptedException {
        Random random = new Random(test.seed());
        MoodySink sink = new MoodySink(random.nextLong());
        RecordDelivery delivery = delivery(test.way(), sink, random);
        delivery.start();
        AtomicLong thrown = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int writer = thread;
            threads.add(new Thread(() -> handOver(delivery, writer, thrown)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        sink.healthy = true;
        assertThat(delivery.flush(FOREVER)).isTrue();
        assertThat(delivery.depth()).isEqualTo(new Depth(0, 0));
        assertThat(account.events().snapshot().inFlight()).isZero();
        assertThat(delivery.close(FOREVER)).isTrue();
        check(test, sink, thrown.get());
    }

    private RecordDelivery delivery(Way way, Sink sink, Random random) {
        boolean strict = way == Way.STRICT;
        BatchWriter writer = new BatchWriter(sink, strict, HandOverTest::gap, account, System::nanoTime, () -> 7);
        int batchBytes = 1 + random.nextInt(400);
        long flushNanos = 1L + random.nextInt(1_000_000);
        long maxBytes = 20L + random.nextInt(2_000);
        int maxEvents = 1 + random.nextInt(200);
        return switch (way) {
            case DIRECT -> new DirectDelivery(writer, batchBytes, flushNanos);
            case STRICT -> new StrictDelivery(writer, batchBytes, flushNanos);
            case BLOCK -> queue(writer, batchBytes, flushNanos, maxBytes, maxEvents, Overflow.BLOCK, FOREVER);
            case BLOCK_SHORTLY -> queue(writer, batchBytes, flushNanos, maxBytes, maxEvents, Overflow.BLOCK, 1_000);
            case DROP_NEWEST -> queue(writer, batchBytes, flushNanos, maxBytes, maxEvents, Overflow.DROP_NEWEST, 0);
            case DROP_OLDEST -> queue(writer, batchBytes, flushNanos, maxBytes, maxEvents, Overflow.DROP_OLDEST, 0);
        };
    }

    private static RecordDelivery queue(
            BatchWriter writer,
            int batchBytes,
            long flushNanos,
            long maxBytes,
            int maxEvents,
            Overflow overflow,
            long blockNanos) {
        QueueBounds bounds = new QueueBounds(maxBytes, maxEvents, overflow, blockNanos);
        return new QueuedDelivery(writer, batchBytes, flushNanos, bounds);
    }

    private static boolean gap(LineBatch batch, long events, long first, long last) {
        assertThat(first).isEqualTo(7);
        assertThat(last).isEqualTo(7);
        byte[] line = ("lost " + events + "\n").getBytes(StandardCharsets.US_ASCII);
        batch.append(line, 0, line.length);
        return true;
    }

    private void handOver(RecordDelivery delivery, int writer, AtomicLong thrown) {
        for (int number = 0; number < RECORDS; number++) {
            account.events().received();
            byte[] record = (writer + " " + number + "\n").getBytes(StandardCharsets.US_ASCII);
            boolean interrupted = number % 97 == writer;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            try {
                assertThat(delivery.deliver(record, 0, record.length)).isNotEqualTo(Delivered.REFUSED);
            } catch (StrictFailure e) {
                thrown.incrementAndGet();
            }
            if (number % 331 == writer) {
                delivery.flush(FOREVER);
            }
            assertThat(Thread.interrupted()).isEqualTo(interrupted);
        }
    }

    private void check(Case test, MoodySink sink, long thrown) {
        ExporterCounters counters = account.events().snapshot();
        assertThat(sink.overlaps).isZero();
        assertThat(counters.written() + counters.lostTotal()).isEqualTo((long) THREADS * RECORDS);
        assertThat(counters.inFlight()).isZero();
        assertThat(errors.stream().mapToLong(ExportError::events).sum()).isEqualTo(counters.lostTotal());
        assertThat(counters.lost(LossReason.WRITE_FAILED) + counters.lost(LossReason.QUEUE_FULL))
                .isEqualTo(counters.lostTotal());
        int[] next = new int[THREADS];
        long events = 0;
        long told = 0;
        for (String line : sink.text.toString().lines().toList()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("lost")) {
                told += Long.parseLong(words[1]);
                continue;
            }
            events++;
            int number = Integer.parseInt(words[1]);
            int writer = Integer.parseInt(words[0]);
            assertThat(number).as("of writer %d", writer).isGreaterThanOrEqualTo(next[writer]);
            next[writer] = number + 1;
        }
        assertThat(events).isEqualTo(counters.written());
        assertThat(told).as("what gap lines tell of").isEqualTo(counters.lostTotal());
        if (test.way() == Way.STRICT) {
            assertThat(thrown).isGreaterThanOrEqualTo(counters.lostTotal());
        } else {
            assertThat(thrown).isZero();
        }
        if (test.way() == Way.DIRECT || test.way() == Way.STRICT || test.way() == Way.BLOCK) {
            assertThat(counters.lost(LossReason.QUEUE_FULL)).isZero();
        }
    }

    /** Fails, takes a part, is slow and cannot flush, at random. Only the thread that has the turn may touch it. */
    private static final class MoodySink extends Sink {

        final StringBuilder text = new StringBuilder();
        volatile boolean healthy;
        volatile int overlaps;
        private final Random random;
        private volatile boolean busy;

        MoodySink(long seed) {
            random = new Random(seed);
        }

        @Override
        public void write(LineBatch batch) throws IOException {
            enter();
            try {
                int mood = healthy ? 9 : random.nextInt(30);
                if (mood == 0) {
                    throw new IOException("refused");
                }
                if (mood == 1) {
                    throw new StackOverflowError("not a real one");
                }
                int lines = mood == 2 ? random.nextInt(batch.lines() + 1) : batch.lines();
                if (lines > 0) {
                    int length = batch.lineEnd(lines - 1) - batch.offset();
                    text.append(new String(batch.bytes(), batch.offset(), length, StandardCharsets.US_ASCII));
                }
                for (int turns = mood == 3 ? 5_000 : 0; turns > 0; turns--) {
                    Thread.onSpinWait();
                }
                if (mood == 2) {
                    throw new PartialWriteException(lines, new IOException("torn"));
                }
            } finally {
                busy = false;
            }
        }

        @Override
        public void flush() throws IOException {
            enter();
            try {
                if (!healthy && random.nextInt(20) == 0) {
                    throw new IOException("cannot flush");
                }
            } finally {
                busy = false;
            }
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // a lost update still leaves a number above zero
        private void enter() {
            if (busy) {
                overlaps++;
            }
            busy = true;
        }
    }
}
