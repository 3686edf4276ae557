package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.hubbleexport.testkit.MemorySink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Alone and as a branch of a tee; whatever waits here waits for something that has happened or will. */
@Timeout(120)
final class IsolatedSinkTest extends SinkContractTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final CountDownLatch released = new CountDownLatch(1);
    private MemorySink inner = new MemorySink();
    private IsolatedSink isolated = newSink(1 << 24, LONG);

    @Override
    protected Sink open() {
        inner = new MemorySink();
        isolated = newSink(1 << 24, LONG);
        return isolated;
    }

    private IsolatedSink newSink(int bytes, Duration closeWait) {
        return IsolatedSink.builder(inner)
                .name("test")
                .maxQueuedBytes(bytes)
                .closeWait(closeWait)
                .build();
    }

    /** The thread is asked for a flush behind all lines, and ends its turn with it. */
    @Override
    protected String delivered() {
        await(isolated);
        return inner.text();
    }

    private static void await(IsolatedSink sink) {
        while (sink.stats().queued() > 0) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    @DisplayName("row 24: a branch that blocks for ever does not hold up the others, and its losses are counted")
    void aBranchThatBlocksHoldsNobodyUp() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        inner.fault(batch -> block(blocked));
        isolated = newSink(50, Duration.ZERO);
        MemorySink healthy = new MemorySink();
        TeeSink tee = new TeeSink(isolated, healthy);
        tee.write(Lines.batch("line 0"));
        blocked.await();
        for (int i = 1; i < 1_000; i++) {
            tee.write(Lines.batch("line " + i));
        }
        assertThat(healthy.lines()).isEqualTo(1_000);
        BranchStats stuck = tee.stats().get(0);
        assertThat(stuck.offered()).isEqualTo(1_000);
        assertThat(stuck.queued()).as("bytes of the queue, and no more").isEqualTo(7);
        assertThat(stuck.lost()).isEqualTo(993);
        assertThat(stuck.written()).isZero();
        assertThat(tee.stats().get(1)).isEqualTo(new BranchStats(1_000, 1_000, 0, 0, 0, null));
        assertThat(catchThrowableOfType(IOException.class, tee::flush)).hasMessageContaining("993 lines");
        tee.flush();
        assertThat(catchThrowableOfType(IOException.class, tee::close)).hasMessageContaining("7 lines");
        assertThat(isolated.stats().queued()).isZero();
        assertThat(isolated.stats().lost()).isEqualTo(1_000);
        assertThat(healthy.closes()).isEqualTo(1);
    }

    @Test
    @DisplayName("row 24: closing interrupts a branch that blocks, and its sink is closed when it comes back")
    void closingInterruptsABranchThatBlocks() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Sink blocking = new Sink() {
            @Override
            public void write(LineBatch batch) throws IOException {
                block(blocked);
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        IsolatedSink sink =
                IsolatedSink.builder(blocking).closeWait(Duration.ZERO).build();
        sink.write(Lines.batch("one", "two"));
        blocked.await();
        assertThat(catchThrowableOfType(IOException.class, sink::close)).hasMessageContaining("2 lines");
        closed.await();
        assertThat(sink.stats().lost()).isEqualTo(2);
    }

    @Test
    @DisplayName("row 24: a branch that throws is degraded alone, and goes on with the next lines")
    void aBranchThatThrowsIsDegradedAlone() throws IOException {
        MemorySink healthy = new MemorySink();
        TeeSink tee = new TeeSink(healthy, isolated);
        List<Throwable> sicknesses =
                List.of(new IOException("disk"), new IllegalStateException("bug"), new AssertionError("worse"));
        for (Throwable sickness : sicknesses) {
            inner.fault(batch -> fallIll(sickness));
            tee.write(Lines.batch("lost"));
            await(isolated);
            assertThat(catchThrowableOfType(IOException.class, tee::flush))
                    .hasMessageContaining("1 lines")
                    .hasMessageContaining(sickness.getMessage());
        }
        inner.fault(batch -> {});
        tee.write(Lines.batch("written"));
        assertThat(delivered()).isEqualTo("written\n");
        assertThat(healthy.lines()).isEqualTo(4);
        assertThat(isolated.stats()).isEqualTo(new BranchStats(4, 1, 3, 0, 3, sicknesses.get(2)));
        tee.flush();
    }

    @Test
    void whatIsTakenInPartIsOfferedOnceMore() throws IOException {
        boolean[] first = {true};
        inner.fault(batch -> {
            if (first[0]) {
                first[0] = false;
                inner.take(batch, 1);
                throw new PartialWriteException(1, new IOException("full for a moment"));
            }
        });
        isolated.write(Lines.batch("one", "two", "three"));
        assertThat(delivered()).isEqualTo("one\ntwo\nthree\n");
        assertThat(isolated.stats()).isEqualTo(new BranchStats(3, 3, 0, 0, 0, null));
    }

    @Test
    void aFlushComesBehindTheLinesBeforeIt() throws Exception {
        Semaphore flushed = new Semaphore(0);
        StringBuilder order = new StringBuilder();
        Sink recording = new Sink() {
            @Override
            public void write(LineBatch batch) {
                order.append(batch);
            }

            @Override
            public void flush() {
                order.append("flush\n");
                flushed.release();
            }
        };
        IsolatedSink sink = IsolatedSink.builder(recording).build();
        for (int i = 0; i < 3; i++) {
            sink.write(Lines.batch("line " + i));
            sink.flush();
            flushed.acquire();
        }
        sink.close();
        assertThat(order).hasToString("line 0\nflush\nline 1\nflush\nline 2\nflush\nflush\n");
    }

    @Test
    @DisplayName("row 23: lines of a slow branch wait within the bound, and all that was queued is written at the end")
    void everythingQueuedIsWrittenAtTheEnd() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        inner.fault(batch -> block(blocked));
        isolated.write(Lines.batch("line 0"));
        blocked.await();
        for (int i = 1; i < 100; i++) {
            isolated.write(Lines.batch("line " + i));
        }
        assertThat(isolated.stats().queued()).isEqualTo(100);
        released.countDown();
        isolated.close();
        assertThat(isolated.stats()).isEqualTo(new BranchStats(100, 100, 0, 0, 0, null));
        assertThat(inner.text().lines()).hasSize(100).startsWith("line 0").endsWith("line 99");
        assertThat(inner.batches()).as("what waits goes out together").isEqualTo(2);
        assertThat(inner.closes()).isEqualTo(1);
    }

    @Test
    void aSinkThatCannotBeClosedSaysSo() throws IOException {
        Sink unclosable = new Sink() {
            @Override
            public void write(LineBatch batch) {}

            @Override
            public void close() throws IOException {
                throw new IOException("cannot be closed");
            }
        };
        IsolatedSink sink = IsolatedSink.builder(unclosable).build();
        sink.write(Lines.batch("one"));
        assertThat(catchThrowableOfType(IOException.class, sink::close)).hasMessageContaining("cannot be closed");
        sink.close();
        assertThat(sink.stats().written()).isEqualTo(1);
    }

    @Test
    void figuresTellOfEachBranchAndWhatItCounts() throws IOException {
        Sink counting = new Sink() {
            @Override
            public void write(LineBatch batch) {}

            @Override
            public Map<String, Long> figures() {
                return Map.of("sent", 7L);
            }
        };
        IsolatedSink branch = IsolatedSink.builder(counting).build();
        TeeSink tee = new TeeSink(inner, branch);
        tee.write(Lines.batch("one", "two"));
        await(branch);
        assertThat(tee.figures())
                .containsEntry("branch.0.written", 2L)
                .containsEntry("branch.0.lost", 0L)
                .containsEntry("branch.1.written", 2L)
                .containsEntry("branch.1.inner.sent", 7L);
        FailoverSink pair = FailoverSink.builder(tee, counting).build();
        assertThat(pair.figures())
                .containsEntry("onSecondary", 0L)
                .containsEntry("primary.branch.0.written", 2L)
                .containsEntry("secondary.sent", 7L);
        ReopeningSink reopening = ReopeningSink.builder(() -> counting).build();
        assertThat(reopening.figures()).doesNotContainKey("sent").containsEntry("openings", 0L);
        reopening.write(Lines.batch("one"));
        assertThat(reopening.figures()).containsEntry("sent", 7L).containsEntry("openings", 1L);
        pair.close();
    }

    @Test
    void refusesWhatMakesNoSense() {
        IsolatedSink.Builder builder = IsolatedSink.builder(inner);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxQueuedBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.closeWait(Duration.ofNanos(-1)));
    }

    private void block(CountDownLatch blocked) throws IOException {
        blocked.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private static void fallIll(Throwable sickness) throws IOException {
        if (sickness instanceof IOException e) {
            throw e;
        }
        if (sickness instanceof RuntimeException e) {
            throw e;
        }
        throw (Error) sickness;
    }
}
