package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.testkit.MemorySink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hand-over between the writing thread and that of the branch, under load and with faults at random. */
@Timeout(120)
final class IsolatedQueueTest {

    private static final int BATCHES = 3_000;

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    private final MemorySink inner = new MemorySink();
    private final AtomicBoolean done = new AtomicBoolean();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("row 24: whatever a branch does, each of its lines is written or lost, once and in order")
    void eachLineIsWrittenOrLost(long seed) throws Exception {
        Random random = new Random(seed);
        inner.fault(batch -> stumble(random, batch));
        IsolatedSink sink = IsolatedSink.builder(inner)
                .maxQueuedBytes(500 * (int) seed)
                .closeWait(Duration.ofMinutes(1))
                .build();
        Thread reader = new Thread(() -> readStats(sink));
        reader.start();
        List<String> lines = Lines.random(seed, BATCHES * 3, 60);
        for (List<String> some : Lines.batches(seed, lines, 6)) {
            sink.write(Lines.batch(some));
        }
        close(sink);
        done.set(true);
        reader.join();
        BranchStats stats = sink.stats();
        assertThat(stats.offered()).isEqualTo(lines.size());
        assertThat(stats.queued()).isZero();
        assertThat(stats.written()).isEqualTo(inner.lines()).isPositive();
        assertThat(stats.lost()).isPositive();
        assertInOrder(lines, inner.text().lines().toList());
    }

    private void readStats(IsolatedSink sink) {
        long written = 0;
        while (!done.get()) {
            BranchStats stats = sink.stats();
            assertThat(stats.queued()).isNotNegative();
            assertThat(stats.written()).isGreaterThanOrEqualTo(written);
            written = stats.written();
        }
    }

    private static void close(IsolatedSink sink) {
        try {
            sink.close();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("lost");
        }
    }

    private void stumble(Random random, LineBatch batch) throws IOException {
        int lines = random.nextInt(4 * batch.lines() + 1);
        if (lines < batch.lines()) {
            inner.take(batch, lines);
            throw new PartialWriteException(lines, new IOException("stumbled"));
        }
        if (random.nextInt(10) == 0) {
            throw new IllegalStateException("broken down");
        }
    }

    private static void assertInOrder(List<String> offered, List<String> found) {
        Iterator<String> all = new ArrayList<>(offered).iterator();
        for (String line : found) {
            boolean here = false;
            while (!here && all.hasNext()) {
                here = all.next().equals(line);
            }
            assertThat(here).as("%s, in its place", line).isTrue();
        }
    }
}
