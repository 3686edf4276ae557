package io.github.hubbleexport.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What every {@link Sink} must do. Authors of sinks extend this class, say how to open their sink on an empty
 * destination and how to read that destination, and get these tests. It stands in the tests jar of core (classifier
 * {@code tests}), needs JUnit 5 and AssertJ, and is used on the class path.
 *
 * <p>Who can also make the destination fail overrides {@link #breakDown} and {@link #mend}; otherwise the tests of failures
 * are skipped, and say so.
 */
public abstract class SinkContractTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    private Sink sink;

    /** For subclasses. */
    protected SinkContractTest() {}

    /** A new sink with an empty destination. */
    protected abstract Sink open() throws IOException;

    /** All bytes at the destination of the sink opened last, as UTF-8, in the order in which they were written. */
    protected abstract String delivered() throws IOException;

    /**
     * Makes the destination refuse everything from now on, or all but a few bytes.
     *
     * @return false, as unless overridden, if there is no way to do that
     */
    protected boolean breakDown() throws IOException {
        return false;
    }

    /** Makes the destination take everything again. */
    protected void mend() throws IOException {}

    /**
     * Whether an interrupted thread can write, as unless overridden. A sink that waits for a network may refuse instead;
     * the flag has to stay set all the same.
     */
    protected boolean writesWhenInterrupted() {
        return true;
    }

    /** Whether lines are refused after closing, as unless overridden; not those of a sink that has nothing to close. */
    protected boolean refusesWhenClosed() {
        return true;
    }

    /** What log lines of this library may say while the destination fails, as a regular expression; nothing unless overridden. */
    protected String expectedLog() {
        return "(?!)";
    }

    /** Opens the sink of the test. */
    @BeforeEach
    final void openSink() throws IOException {
        invariants.expectLog(expectedLog());
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
        assumeTrue(writesWhenInterrupted(), "this sink does not write for an interrupted thread");
        Thread.currentThread().interrupt();
        sink.write(Lines.batch("one"));
        sink.write(Lines.batch("two"));
        sink.flush();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(delivered()).isEqualTo("one\ntwo\n");
    }

    @Test
    @DisplayName("row 22: a sink that refuses an interrupted thread leaves it interrupted, and writes again afterwards")
    final void refusingAnInterruptedThreadLeavesTheFlag() throws IOException {
        assumeFalse(writesWhenInterrupted(), "this sink writes for an interrupted thread too");
        Thread.currentThread().interrupt();
        int next = nextAfterFailure(Lines.batch("one"));
        assertThat(Thread.interrupted()).isTrue();
        sink.write(Lines.batch("one").from(next));
        sink.flush();
        assertThat(delivered()).isEqualTo("one\n");
    }

    @Test
    @DisplayName("row 22: an interrupted thread can flush and close, and stays interrupted")
    final void anInterruptedThreadCanCloseAndStaysInterrupted() throws IOException {
        sink.write(Lines.batch("one"));
        Thread.currentThread().interrupt();
        sink.flush();
        sink.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(delivered()).isEqualTo("one\n");
    }

    @Test
    final void theNextBatchMayComeFromAnotherThread() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (int i = 0; i < 20; i++) {
                LineBatch batch = Lines.batch("line " + i);
                threads.submit(() -> {
                            sink.write(batch);
                            sink.flush();
                            return null;
                        })
                        .get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(delivered().lines()).hasSize(20).startsWith("line 0").endsWith("line 19");
    }

    @Test
    final void changesNoByteOfTheBatchNorAroundIt() throws IOException {
        LineBatch batch = Lines.batch("zero", "one", "two");
        byte[] before = batch.bytes().clone();
        sink.write(batch.from(1));
        sink.flush();
        assertThat(batch.bytes()).isEqualTo(before);
    }

    @Test
    final void doesNotKeepTheBytesForLater() throws IOException {
        LineBatch batch = Lines.batch("kept by nobody");
        sink.write(batch);
        Arrays.fill(batch.bytes(), (byte) '#');
        sink.flush();
        sink.close();
        assertThat(delivered()).isEqualTo("kept by nobody\n");
    }

    @Test
    final void closingSendsWhatWasNotFlushed() throws IOException {
        sink.write(Lines.batch("one", "two"));
        sink.close();
        assertThat(delivered()).isEqualTo("one\ntwo\n");
    }

    @Test
    final void closingWhatWasNeverWrittenToDeliversNothing() throws IOException {
        sink.flush();
        sink.close();
        assertThat(delivered()).isEmpty();
    }

    @Test
    final void refusesLinesAfterItWasClosed() throws IOException {
        assumeTrue(refusesWhenClosed(), "this sink has nothing to close");
        sink.write(Lines.batch("one"));
        sink.close();
        assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("two")));
        sink.flush();
        assertThat(delivered()).isEqualTo("one\n");
    }

    /** What it says it took is there, what it says it did not take can be offered again, and nothing is there twice. */
    @Test
    final void tellsWhatItTookWhenItBreaksDownAndRecovers() throws IOException {
        sink.write(Lines.batch("before"));
        assumeTrue(breakDown(), "this test has no way to make the destination fail");
        LineBatch batch = Lines.batch("one", "two", "three");
        int next = nextAfterFailure(batch);
        assertThat(next).as("lines settled").isBetween(0, 3);
        mend();
        sink.write(batch.from(next));
        sink.write(Lines.batch("after"));
        sink.flush();
        assertThat(delivered()).isEqualTo("before\none\ntwo\nthree\nafter\n");
    }

    @Test
    final void goesOnAfterEachOfManyFailures() throws IOException {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            assumeTrue(breakDown(), "this test has no way to make the destination fail");
            LineBatch batch = Lines.batch("a" + i, "b" + i);
            int next = nextAfterFailure(batch);
            mend();
            sink.write(batch.from(next));
            expected.append(batch);
        }
        sink.flush();
        assertThat(delivered()).isEqualTo(expected.toString());
    }

    @Test
    final void canBeClosedWhileItsDestinationFails() throws IOException {
        sink.write(Lines.batch("before"));
        sink.flush();
        assumeTrue(breakDown(), "this test has no way to make the destination fail");
        nextAfterFailure(Lines.batch("lost"));
        try {
            sink.close();
        } catch (IOException e) {
            assertThat(e.getMessage()).as("why it could not send what it held").isNotBlank();
        }
        mend();
        sink.close();
        assertThat(delivered()).startsWith("before\n");
    }

    /** The first line that may be offered again. */
    private int nextAfterFailure(LineBatch batch) {
        IOException seen = catchThrowableOfType(IOException.class, () -> sink.write(batch));
        assertThat(seen).as("a sink that cannot write says so").isNotNull();
        if (seen instanceof PartialWriteException partial) {
            assertThat(partial.linesRefused()).isZero();
            return partial.next();
        }
        return 0;
    }

    @Test
    final void closingTwiceIsAsGoodAsOnce() throws IOException {
        sink.write(Lines.batch("one"));
        sink.close();
        sink.close();
        assertThat(delivered()).isEqualTo("one\n");
    }
}
