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
            IOException seen = catchThrowableOfType(
                    IOException.class, () -> tee.write(Lines.batch(String.valueOf(sickness.getMessage()))));
            assertThat(seen).isNotInstanceOf(PartialWriteException.class).hasMessageContaining("1 of 3");
            assertThat(seen.getSuppressed()).containsExactly(sickness);
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
