package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TeeSinkTest extends SinkContractTest {

    private Memory first = new Memory();
    private Memory second = new Memory();

    @Override
    protected Sink open() {
        first = new Memory();
        second = new Memory();
        return new TeeSink(first, second);
    }

    @Override
    protected String delivered() {
        assertThat(second.text).hasToString(first.text.toString());
        return first.text.toString();
    }

    @Override
    protected boolean breakDown() {
        first.sickness = new IOException("disk");
        second.sickness = new IOException("network");
        return true;
    }

    @Override
    protected void mend() {
        first.sickness = null;
        second.sickness = null;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @DisplayName("row 24: a branch that throws hurts no other")
    void aSickBranchHurtsNoOther(int sickAt) throws IOException {
        Sink[] branches = {new Memory(), new Memory(), new Memory()};
        Memory sick = (Memory) branches[sickAt];
        TeeSink tee = new TeeSink(branches);
        tee.write(Lines.batch("one"));
        for (Throwable sickness :
                new Throwable[] {new IOException("disk"), new IllegalStateException("bug"), new AssertionError("worse")
                }) {
            sick.sickness = sickness;
            PartialWriteException seen = catchThrowableOfType(
                    PartialWriteException.class, () -> tee.write(Lines.batch(String.valueOf(sickness.getMessage()))));
            assertThat(seen.next()).as("nothing may be offered again").isEqualTo(1);
            assertThat(seen.linesWritten()).as("lines that all have").isZero();
            assertThat(seen).hasMessageContaining("1 of 3");
            assertThat(seen).cause().hasSuppressedException(sickness);
        }
        sick.sickness = null;
        tee.write(Lines.batch("two"));
        for (Sink branch : branches) {
            String expected = branch == sick ? "one\ntwo\n" : "one\ndisk\nbug\nworse\ntwo\n";
            assertThat(((Memory) branch).text).hasToString(expected);
        }
    }

    @Test
    void offersTheRestOnceMore() throws IOException {
        first.sickness = new PartialWriteException(1, new IOException("full for a moment"));
        first.recovers = true;
        new TeeSink(first, second).write(Lines.batch("one", "two", "three"));
        assertThat(first.text).hasToString("two\nthree\n");
        assertThat(second.text).hasToString("one\ntwo\nthree\n");
        first.text.setLength(0);
        second.text.setLength(0);
    }

    @Test
    @DisplayName("row 24: what one branch refuses, or has only in part, is told line by line")
    void tellsWhichLinesNotAllHave() {
        Sink refusing = sinkThatThrows(new PartialWriteException(4, new int[] {1}, new IOException("too long")));
        Sink stopping = sinkThatThrows(new PartialWriteException(2, new IOException("full")));
        TeeSink tee = new TeeSink(refusing, stopping, first);
        PartialWriteException seen = catchThrowableOfType(
                PartialWriteException.class, () -> tee.write(Lines.batch("zero", "one", "two", "three")));
        assertThat(seen.next()).isEqualTo(4);
        assertThat(seen.refused()).containsExactly(1, 2, 3);
        assertThat(tee.stats()).extracting(BranchStats::written).containsExactly(3L, 2L, 4L);
        assertThat(tee.stats()).extracting(BranchStats::lost).containsExactly(1L, 2L, 0L);
        assertThat(tee.stats()).extracting(BranchStats::queued).containsOnly(0L);
        assertThat(tee.stats().get(1).lastFailure()).hasMessage("worse than before");
        assertThat(first.text).hasToString("zero\none\ntwo\nthree\n");
        first.text.setLength(0);
    }

    /** Throws one thing at first, and later an Error. */
    private static Sink sinkThatThrows(PartialWriteException once) {
        return new Sink() {
            private boolean hasThrown;

            @Override
            public void write(LineBatch batch) throws IOException {
                if (!hasThrown) {
                    hasThrown = true;
                    throw once;
                }
                throw new AssertionError("worse than before");
            }
        };
    }

    @Test
    @DisplayName("row 35: lines that are all there but not durable in one branch are written, and that is told")
    void passesOnThatLinesAreNotDurable() {
        Sink notDurable = sinkThatThrows(new PartialWriteException(2, new IOException("fsync")));
        TeeSink tee = new TeeSink(notDurable, first);
        PartialWriteException seen =
                catchThrowableOfType(PartialWriteException.class, () -> tee.write(Lines.batch("zero", "one")));
        assertThat(seen.linesWritten()).isEqualTo(2);
        assertThat(seen.next()).isEqualTo(2);
        first.text.setLength(0);
    }

    @Test
    void flushesAndClosesAllWhateverFails() {
        Memory healthy = new Memory();
        Memory sick = new Memory();
        sick.sickness = new IOException("disk");
        TeeSink tee = new TeeSink(sick, healthy);
        assertThat(catchThrowableOfType(IOException.class, tee::flush).getSuppressed())
                .containsExactly(sick.sickness);
        assertThat(catchThrowableOfType(IOException.class, tee::close).getSuppressed())
                .containsExactly(sick.sickness);
        assertThat(healthy.flushes).isEqualTo(1);
        assertThat(healthy.closes).isEqualTo(1);
    }

    @Test
    void aBranchCannotChangeTheBatchOfTheOthers() throws IOException {
        Sink rude = new Sink() {
            @Override
            public void write(LineBatch batch) {
                batch.clear();
            }
        };
        Memory other = new Memory();
        TeeSink tee = new TeeSink(rude, other);
        IOException seen = catchThrowableOfType(IOException.class, () -> tee.write(Lines.batch("one")));
        assertThat(seen.getSuppressed()).hasOnlyElementsOfType(IllegalStateException.class);
        assertThat(other.text).hasToString("one\n");
        tee.close();
    }

    @Test
    void needsDistinctBranches() {
        assertThatIllegalArgumentException().isThrownBy(TeeSink::new);
        assertThatIllegalArgumentException().isThrownBy(() -> new TeeSink(first, first));
    }

    /** Keeps what it got, or throws. */
    private static final class Memory extends Sink {

        private final StringBuilder text = new StringBuilder();
        private @Nullable Throwable sickness;
        private boolean recovers;
        private int flushes;
        private int closes;

        @Override
        public void write(LineBatch batch) throws IOException {
            fallIll();
            text.append(batch);
        }

        @Override
        public void flush() throws IOException {
            flushes++;
            fallIll();
        }

        @Override
        public void close() throws IOException {
            closes++;
            fallIll();
        }

        private void fallIll() throws IOException {
            Throwable thrown = sickness;
            sickness = recovers ? null : sickness;
            if (thrown instanceof IOException e) {
                throw e;
            }
            if (thrown instanceof RuntimeException e) {
                throw e;
            }
            if (thrown instanceof Error e) {
                throw e;
            }
        }
    }
}
