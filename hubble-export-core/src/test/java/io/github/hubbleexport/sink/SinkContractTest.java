package io.github.hubbleexport.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Sink} must do. Authors of sinks extend this class, say how to open their sink on an empty
 * destination and how to read that destination, and get these tests.
 */
public abstract class SinkContractTest {

    private Sink sink;

    /** For subclasses. */
    protected SinkContractTest() {}

    /** A new sink with an empty destination. */
    protected abstract Sink open() throws IOException;

    /** All bytes at the destination of the sink opened last, as UTF-8, in the order in which they were written. */
    protected abstract String delivered() throws IOException;

    /** Opens the sink of the test. */
    @BeforeEach
    final void openSink() throws IOException {
        sink = open();
    }

    /** Closes it, and checks what must hold after every test. */
    @AfterEach
    final void closeSink() throws IOException {
        boolean interrupted = Thread.interrupted();
        sink.close();
        assertThat(interrupted).as("a test left the interrupt flag set").isFalse();
        assertThat(delivered()).matches(text -> text.isEmpty() || text.endsWith("\n"), "ends in a newline");
    }

    @Test
    final void deliversLinesInOrder() throws IOException {
        sink.write(Lines.batch("one", "two"));
        sink.write(Lines.batch("three"));
        sink.flush();
        assertThat(delivered()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    final void deliversNothingOfAnEmptyBatch() throws IOException {
        sink.write(new LineBatch(10));
        sink.write(Lines.batch("one").from(1));
        sink.flush();
        assertThat(delivered()).isEmpty();
    }

    @Test
    final void keepsNothingOfABatchAfterWrite() throws IOException {
        LineBatch batch = Lines.batch("kept by nobody");
        sink.write(batch);
        batch.clear();
        byte[] other = "something else\n".getBytes(UTF_8);
        batch.append(other, 0, other.length);
        sink.write(batch);
        sink.flush();
        assertThat(delivered()).isEqualTo("kept by nobody\nsomething else\n");
    }

    @Test
    final void leavesTheBatchAsItWas() throws IOException {
        LineBatch batch = Lines.batch("one", "two");
        sink.write(batch);
        assertThat(batch.lines()).isEqualTo(2);
        assertThat(batch).hasToString("one\ntwo\n");
    }

    @Test
    final void writesTheRestOfABatch() throws IOException {
        sink.write(Lines.batch("zero", "one", "two").from(1));
        sink.flush();
        assertThat(delivered()).isEqualTo("one\ntwo\n");
    }

    @Test
    @DisplayName("row 40: lines near 32 KiB, 64 KiB, 100 KiB and 1 MiB are written whole")
    final void writesLongLinesWhole() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int bytes : new int[] {32 * 1024, 64 * 1024, 100_000, 1024 * 1024}) {
            for (int near = bytes - 1; near <= bytes + 1; near++) {
                lines.add(Lines.numbered(near, near));
            }
        }
        sink.write(Lines.batch(lines));
        sink.flush();
        assertThat(delivered().equals(String.join("\n", lines) + "\n")).isTrue();
    }

    @Test
    final void manySmallBatchesArriveInOrder() throws IOException {
        List<String> lines = Lines.random(1, 2_000, 100);
        for (List<String> some : Lines.batches(2, lines, 9)) {
            sink.write(Lines.batch(some));
        }
        sink.flush();
        assertThat(delivered()).isEqualTo(String.join("\n", lines) + "\n");
    }

    @Test
    @DisplayName("row 22: an interrupted thread can write and stays interrupted")
    final void anInterruptedThreadCanWriteAndStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        sink.write(Lines.batch("one"));
        sink.write(Lines.batch("two"));
        sink.flush();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(delivered()).isEqualTo("one\ntwo\n");
    }

    @Test
    final void closingTwiceIsAsGoodAsOnce() throws IOException {
        sink.write(Lines.batch("one"));
        sink.close();
        sink.close();
        assertThat(delivered()).isEqualTo("one\n");
    }
}
