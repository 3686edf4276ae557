package io.github.hubbleexport.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.deliver.QueueBounds.Overflow;
import io.github.hubbleexport.stats.ExporterAccount;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.testkit.MemoryLog;
import io.github.hubbleexport.testkit.MemorySink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The queue against a list that is slow and obvious, on one thread: records of random size come, and chunks are taken at
 * random. What is taken, what is lost and where the gaps stand must be the same.
 */
class QueueModelTest {

    private static final int STEPS = 400;

    private final ExporterAccount account =
            ExporterAccount.open("test", null, null, new MemoryLog(), System::nanoTime, () -> 0);

    static LongStream seeds() {
        Long seed = Long.getLong("hubble.seed");
        return seed == null ? LongStream.range(0, 150) : LongStream.of(seed);
    }

    /** A record in the stream; lost ones stay where they were or would have been. */
    private record Entry(String text, boolean lost) {}

    /** What should happen. */
    private static final class Model {

        final Overflow overflow;
        final long maxBytes;
        final int maxEvents;

        /** What was not taken, lost ones among it. */
        final List<Entry> stream = new ArrayList<>();

        boolean dropping;
        int lost;

        Model(QueueBounds bounds) {
            overflow = bounds.overflow();
            maxBytes = bounds.maxBytes();
            maxEvents = bounds.maxEvents();
        }

        long events() {
            return stream.stream().filter(entry -> !entry.lost()).count();
        }

        long bytes() {
            return stream.stream()
                    .filter(entry -> !entry.lost())
                    .mapToLong(entry -> entry.text().length())
                    .sum();
        }

        boolean hasRoom(String text) {
            return events() < maxEvents && bytes() + text.length() <= maxBytes;
        }

        boolean offer(String text) {
            boolean fits = text.length() <= maxBytes;
            while (overflow == Overflow.DROP_OLDEST && fits && !hasRoom(text)) {
                dropOldest();
            }
            boolean in = !dropping && hasRoom(text);
            stream.add(new Entry(text, !in));
            if (!in) {
                lost++;
                dropping = overflow == Overflow.DROP_NEWEST && fits;
            }
            return in;
        }

        private void dropOldest() {
            for (int i = 0; i < stream.size(); i++) {
                if (!stream.get(i).lost()) {
                    stream.set(i, new Entry(stream.get(i).text(), true));
                    lost++;
                    return;
                }
            }
            throw new AssertionError("nothing to drop");
        }

        /** Takes from the front what a chunk holds: first what is lost, then its records without a loss between them. */
        void take(Chunk chunk) {
            dropping = false;
            int gap = 0;
            while (!stream.isEmpty() && stream.get(0).lost()) {
                stream.remove(0);
                gap++;
            }
            assertThat(chunk.gapBefore.events()).as("lost before the chunk").isEqualTo(gap);
            for (String line : chunk.remaining().toString().lines().toList()) {
                assertThat(stream).isNotEmpty();
                assertThat(stream.remove(0)).isEqualTo(new Entry(line + "\n", false));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theQueueIsAListWithBounds(long seed) {
        Random random = new Random(seed);
        Overflow overflow = List.of(Overflow.values()).get(random.nextInt(3));
        QueueBounds bounds = new QueueBounds(1 + random.nextInt(300), 1 + random.nextInt(20), overflow, 1);
        int batchBytes = 1 + random.nextInt(100);
        BatchWriter writer = new BatchWriter(new MemorySink(), false, null, account, System::nanoTime, () -> 0);
        QueuedDelivery queue = new QueuedDelivery(writer, batchBytes, TimeUnit.HOURS.toNanos(1), bounds);
        Model model = new Model(bounds);
        int takes = 1 + random.nextInt(12);
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(takes) == 0) {
                takeAndCompare(queue, model, batchBytes);
            } else {
                String text = step + "-".repeat(random.nextInt(random.nextInt(20) == 0 ? 320 : 40)) + "\n";
                byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
                Delivered expected = model.offer(text) ? Delivered.BUFFERED : Delivered.LOST;
                assertThat(queue.deliver(bytes, 0, bytes.length))
                        .as("seed %d, step %d, %s", seed, step, bounds)
                        .isEqualTo(expected);
            }
            assertThat(queue.depth()).isEqualTo(new Depth(model.events(), model.bytes()));
            assertThat(account.events().snapshot().lost(LossReason.QUEUE_FULL)).isEqualTo(model.lost);
        }
        while (model.events() > 0) {
            takeAndCompare(queue, model, batchBytes);
        }
        assertThat(take(queue)).isNull();
    }

    private static void takeAndCompare(QueuedDelivery queue, Model model, int batchBytes) {
        Chunk chunk = take(queue);
        if (chunk == null) {
            assertThat(model.events()).isZero();
            return;
        }
        assertThat(chunk.count()).isPositive();
        if (chunk.count() > 1) {
            assertThat(chunk.bytes()).isLessThanOrEqualTo(batchBytes);
        }
        model.take(chunk);
        queue.lock.lock();
        try {
            chunk.clear();
            queue.answered(chunk, Written.ALL);
        } finally {
            queue.lock.unlock();
        }
    }

    private static @Nullable Chunk take(QueuedDelivery queue) {
        queue.lock.lock();
        try {
            Chunk chunk = queue.next();
            if (chunk != null) {
                queue.left += chunk.count();
            }
            return chunk;
        } finally {
            queue.lock.unlock();
        }
    }
}
