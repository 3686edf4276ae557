package io.github.hubbleexport.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.PartialWriteException;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.ExporterAccount;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.ExporterState;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.testkit.MemoryLog;
import io.github.hubbleexport.testkit.MemorySink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The line that tells of a gap, and the account of what the sink answers; times are counted by hand. */
class BatchWriterTest {

    private final MemorySink sink = new MemorySink();
    private long millis;
    private long nanos;
    private final ExporterAccount account =
            ExporterAccount.open("test", null, null, new MemoryLog(), () -> nanos, () -> millis);

    private BatchWriter writer(@Nullable GapLine gapLine) {
        return new BatchWriter(sink, false, gapLine, account, () -> nanos, () -> millis);
    }

    private static boolean gap(LineBatch batch, long events, long first, long last) {
        append(batch, "lost " + events + " from " + first + " to " + last);
        return true;
    }

    private static void append(LineBatch batch, String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        batch.append(bytes, 0, bytes.length);
    }

    private static Chunk chunk(String... lines) {
        Chunk chunk = new Chunk(0);
        for (String line : lines) {
            append(chunk.lines, line);
        }
        return chunk;
    }

    private Written write(BatchWriter writer, Chunk chunk) {
        millis++;
        writer.write(chunk);
        return writer.settle(true);
    }

    private void fail() {
        sink.fault(batch -> {
            throw new IOException("full");
        });
    }

    private void failAfter(int lines) {
        sink.fault(batch -> {
            sink.take(batch, lines);
            throw new PartialWriteException(lines, new IOException("torn"));
        });
    }

    private void work() {
        sink.fault(batch -> {});
    }

    private ExporterCounters counters() {
        return account.events().snapshot();
    }

    @Test
    void theGapStandsBeforeTheNextLineThatIsWritten() {
        BatchWriter writer = writer(BatchWriterTest::gap);
        assertThat(write(writer, chunk("a"))).isEqualTo(Written.ALL);
        fail();
        assertThat(write(writer, chunk("b", "c")).taken()).isZero();
        assertThat(write(writer, chunk("d")).taken()).isZero();
        work();
        assertThat(write(writer, chunk("e", "f"))).isEqualTo(Written.ALL);
        assertThat(write(writer, chunk("g"))).isEqualTo(Written.ALL);
        assertThat(sink.text()).isEqualTo("a\nlost 3 from 2 to 3\ne\nf\ng\n");
        assertThat(counters().written()).isEqualTo(4);
        assertThat(counters().bytesWritten()).isEqualTo(8);
        assertThat(counters().gapLines()).isEqualTo(1);
        assertThat(counters().gapBytes()).isEqualTo("lost 3 from 2 to 3\n".length());
        assertThat(counters().lost(LossReason.WRITE_FAILED)).isEqualTo(3);
        assertThat(counters().failedWrites()).isEqualTo(2);
    }

    @Test
    void ofATornBatchTheGapIsWhatWasNotTaken() {
        BatchWriter writer = writer(BatchWriterTest::gap);
        failAfter(1);
        assertThat(write(writer, chunk("a", "b", "c")).taken()).isEqualTo(1);
        // The gap line itself is the first line that is taken, and no event.
        assertThat(write(writer, chunk("d", "e")).taken()).isZero();
        failAfter(2);
        assertThat(write(writer, chunk("f", "g")).taken()).isEqualTo(1);
        work();
        write(writer, chunk("h"));
        assertThat(sink.text()).isEqualTo("a\nlost 2 from 1 to 1\nlost 2 from 2 to 2\nf\nlost 1 from 3 to 3\nh\n");
        assertThat(counters().written()).isEqualTo(3);
        assertThat(counters().bytesWritten()).isEqualTo(6);
        assertThat(counters().lost(LossReason.WRITE_FAILED)).isEqualTo(5);
        assertThat(counters().gapLines()).isEqualTo(3);
    }

    @Test
    void linesThatAreRefusedAmongOthersAreLostAloneAndNotTheLastOnes() {
        BatchWriter writer = writer(BatchWriterTest::gap);
        sink.fault(batch -> {
            throw new PartialWriteException(3, new int[] {0, 2}, new IOException("too long"));
        });
        Written written = write(writer, chunk("aaa", "bb", "cccc", "d"));
        assertThat(IntStream.range(0, 5).mapToObj(written::isTaken)).containsExactly(false, true, false, false, false);
        assertThat(written.taken()).isEqualTo(1);
        assertThat(counters().bytesWritten()).isEqualTo(3);
        assertThat(counters().lost(LossReason.WRITE_FAILED)).isEqualTo(3);
    }

    @Test
    void linesThatAreRefusedBehindAGapAreCountedWithoutIt() {
        BatchWriter writer = writer(BatchWriterTest::gap);
        fail();
        write(writer, chunk("a"));
        sink.fault(batch -> {
            throw new PartialWriteException(batch.lines(), new int[] {1}, new IOException("too long"));
        });
        Written written = write(writer, chunk("bbbb", "cc"));
        assertThat(IntStream.range(0, 3).mapToObj(written::isTaken)).containsExactly(false, true, false);
        assertThat(counters().gapLines()).isEqualTo(1);
        assertThat(counters().bytesWritten()).isEqualTo(3);
        assertThat(counters().lost(LossReason.WRITE_FAILED)).isEqualTo(2);
        assertThat(writer.hasGap()).as("of the refused line").isTrue();
    }

    @Test
    void aGapLineThatFailsStaysPending() {
        BatchWriter writer = writer(BatchWriterTest::gap);
        fail();
        write(writer, chunk("a"));
        failAfter(0);
        write(writer, chunk("b"));
        assertThat(writer.hasGap()).isTrue();
        work();
        write(writer, chunk());
        assertThat(writer.hasGap()).isFalse();
        assertThat(sink.text()).isEqualTo("lost 2 from 1 to 2\n");
        assertThat(counters().gapLines()).isEqualTo(1);
    }

    @Test
    void theChunksOwnGapJoinsTheOneThatIsPending() {
        BatchWriter writer = writer(BatchWriterTest::gap);
        fail();
        write(writer, chunk("a"));
        work();
        Chunk chunk = chunk("b", "c");
        chunk.gapBefore.add(40, 0);
        chunk.gapBefore.add(2, 90);
        write(writer, chunk);
        assertThat(sink.text()).isEqualTo("lost 43 from 0 to 90\nb\nc\n");
    }

    @Test
    void aGapNeverGoesBeyondItsField() {
        Gap gap = new Gap();
        gap.add(Long.MAX_VALUE - 1, 5);
        gap.add(3, 4);
        assertThat(gap.events()).isEqualTo(Long.MAX_VALUE);
        assertThat(gap.firstMillis()).isEqualTo(4);
        assertThat(gap.lastMillis()).isEqualTo(5);
    }

    @Test
    void withoutGapLinesOrInAFormatWithoutThemTheOutputIsEvents() {
        for (GapLine none : new GapLine[] {null, (batch, events, first, last) -> false}) {
            BatchWriter writer = writer(none);
            fail();
            write(writer, chunk("a"));
            work();
            write(writer, chunk("b"));
            assertThat(writer.hasGap()).isFalse();
        }
        assertThat(sink.text()).isEqualTo("b\nb\n");
        assertThat(counters().gapLines()).isZero();
    }

    @Test
    void linesThatAreTakenButNotSafeCountAsWrittenAndDegrade() {
        BatchWriter writer = writer(BatchWriterTest::gap);
        failAfter(1);
        Written written = write(writer, chunk("a"));
        assertThat(written.taken()).isEqualTo(1);
        assertThat(written.loss()).isNotNull();
        assertThat(counters().written()).isEqualTo(1);
        assertThat(counters().lostTotal()).isZero();
        assertThat(account.health().snapshot().state()).isEqualTo(ExporterState.DEGRADED);
        work();
        write(writer, chunk("b"));
        assertThat(account.health().snapshot().state()).isEqualTo(ExporterState.HEALTHY);
        assertThat(sink.text()).isEqualTo("a\nb\n");
    }

    @Test
    void aSinkThatSaysItTookMoreThanItGotIsNotBelieved() {
        BatchWriter writer = writer(BatchWriterTest::gap);
        sink.fault(batch -> {
            throw new PartialWriteException(7, new IOException("odd"));
        });
        assertThat(write(writer, chunk("a", "b")).taken()).isEqualTo(2);
        assertThat(counters().written()).isEqualTo(2);
    }

    @Test
    void theTimeOfEachWriteIsMeasuredAndOfTheFailedOnesToo() {
        Sink slow = new Sink() {
            @Override
            public void write(LineBatch batch) throws IOException {
                nanos += 1_000L * batch.lines();
                if (batch.lines() == 3) {
                    throw new IOException("slow and full");
                }
            }
        };
        BatchWriter writer = new BatchWriter(slow, false, null, account, () -> nanos, () -> millis);
        write(writer, chunk("a"));
        write(writer, chunk("b", "c", "d"));
        assertThat(account.latency().snapshot().count()).isEqualTo(2);
        assertThat(account.latency().snapshot().maxNanos()).isEqualTo(3_000);
        assertThat(account.latency().snapshot().meanNanos()).isEqualTo(2_000);
    }

    @Test
    void aGapLineThatCannotBeMadeLosesNoAccount() {
        BatchWriter writer = writer((batch, events, first, last) -> {
            throw new IllegalStateException("a fault in the encoder");
        });
        fail();
        write(writer, chunk("a"));
        work();
        assertThat(write(writer, chunk("b", "c")).taken()).isZero();
        assertThat(counters().lost(LossReason.WRITE_FAILED)).isEqualTo(3);
    }
}
