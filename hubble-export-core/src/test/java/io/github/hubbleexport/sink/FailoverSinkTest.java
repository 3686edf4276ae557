package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.hubbleexport.testkit.MemorySink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FailoverSinkTest extends SinkContractTest {

    private static final MemorySink.Fault HEALTHY = batch -> {};
    private static final MemorySink.Fault SICK = batch -> {
        throw new IOException("sick");
    };

    private final FakeTime time = new FakeTime();
    private final List<String> news = new ArrayList<>();
    private MemorySink primary = new MemorySink();
    private MemorySink secondary = new MemorySink();
    private FailoverSink sink = newSink();

    @Override
    protected Sink open() {
        sink = newSink();
        return sink;
    }

    private FailoverSink newSink() {
        primary = new MemorySink();
        secondary = new MemorySink();
        return FailoverSink.builder(primary, secondary)
                .ticker(time)
                .listener(new Host())
                .build();
    }

    @Override
    protected String delivered() {
        return primary.text() + secondary.text();
    }

    /** Both: a fail-over sink with one sick sink takes everything. */
    @Override
    protected boolean breakDown() {
        primary.fault(SICK);
        secondary.fault(SICK);
        return true;
    }

    @Override
    protected String expectedLog() {
        return "lines go to .* failed";
    }

    @Override
    protected void mend() {
        primary.fault(HEALTHY);
        secondary.fault(HEALTHY);
        time.advance(FailoverSink.LONGEST_PAUSE);
    }

    @Test
    @DisplayName("row 24: while the first sink throws, whatever it throws, the second has everything; then back")
    void failsOverAndBack() throws IOException {
        write("one");
        primary.fault(batch -> {
            throw new StackOverflowError("not a real one");
        });
        write("two", "three");
        write("four");
        assertThat(sink.stats()).isEqualTo(new FailoverStats(true, 1, 1, 3, 1, 0, 0));
        primary.fault(HEALTHY);
        write("five");
        time.advance(FailoverSink.FIRST_PAUSE);
        write("six");
        write("seven");
        assertThat(primary.text()).isEqualTo("one\nsix\nseven\n");
        assertThat(secondary.text()).isEqualTo("two\nthree\nfour\nfive\n");
        assertThat(news).containsExactly("over: not a real one", "back");
        assertThat(sink.stats()).isEqualTo(new FailoverStats(false, 1, 3, 4, 1, 0, 0));
    }

    @Test
    @DisplayName("row 24: the log is told that the second sink has the lines, once a minute at most")
    void theLogIsToldOfFailingOver() throws IOException {
        LogRecorder recorder = LogRecorder.attached();
        for (int second = 0; second <= 120; second++) {
            primary.fault(second % 2 == 0 ? SICK : HEALTHY);
            write("line " + second);
            time.advance(Duration.ofSeconds(1));
        }
        recorder.detach();
        assertThat(sink.stats().failovers()).isGreaterThan(3);
        assertThat(recorder.lines()).hasSize(3).allMatch(line -> line.contains("failed") && line.contains("sick"));
        assertThat(recorder.lines().get(0)).contains("(1 times)");
        assertThat(sink.stats().listenerFailures()).isZero();
        assertThat(secondary.lines() + primary.lines()).isEqualTo(121);
    }

    @Test
    void triesTheFirstAgainAfterGrowingPauses() throws IOException {
        List<Integer> seconds = new ArrayList<>();
        primary.fault(SICK);
        for (int second = 0; second < 250; second++) {
            long before = sink.stats().primaryFailures();
            write("line " + second);
            if (sink.stats().primaryFailures() > before) {
                seconds.add(second);
            }
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(seconds).containsExactly(0, 1, 3, 7, 15, 31, 63, 123, 183, 243);
        assertThat(secondary.lines()).isEqualTo(250);
        assertThat(news).containsExactly("over: sick");
    }

    @Test
    @DisplayName("row 3: what the first sink took of a batch is not written to the second")
    void nothingIsDoubled() throws IOException {
        primary.fault(batch -> {
            primary.take(batch, 2);
            throw new PartialWriteException(2, new IOException("full"));
        });
        write("one", "two", "three", "four");
        assertThat(primary.text()).isEqualTo("one\ntwo\n");
        assertThat(secondary.text()).isEqualTo("three\nfour\n");
        assertThat(sink.stats().primaryLines()).isEqualTo(2);
        assertThat(sink.stats().secondaryLines()).isEqualTo(2);
    }

    @Test
    void tellsWhatNeitherTook() {
        primary.fault(batch -> {
            primary.take(batch, 1);
            throw new PartialWriteException(1, new IOException("full"));
        });
        secondary.fault(batch -> {
            secondary.take(batch, 2);
            throw new PartialWriteException(2, new IOException("full too"));
        });
        PartialWriteException seen =
                catchThrowableOfType(PartialWriteException.class, () -> write("one", "two", "three", "four"));
        assertThat(seen.next()).isEqualTo(3);
        assertThat(seen.linesWritten()).isEqualTo(3);
        assertThat(seen).hasMessageContaining("full too");
        assertThat(delivered()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    @DisplayName("row 4: lines that the first sink refuses are told, and not offered to the second")
    void passesOnRefusals() {
        primary.fault(batch -> {
            throw new PartialWriteException(3, new int[] {1}, new IOException("too long"));
        });
        secondary.fault(batch -> {
            throw new PartialWriteException(batch.lines(), new int[] {0}, new IOException("too long here too"));
        });
        PartialWriteException seen =
                catchThrowableOfType(PartialWriteException.class, () -> write("zero", "one", "two", "three", "four"));
        assertThat(seen.next()).isEqualTo(5);
        assertThat(seen.refused()).containsExactly(1, 3);
    }

    @Test
    @DisplayName("row 35: lines that are all there but not durable are no reason to fail over, and that is told")
    void passesOnThatLinesAreNotDurable() {
        primary.fault(batch -> {
            throw new PartialWriteException(batch.lines(), new IOException("fsync"));
        });
        PartialWriteException seen = catchThrowableOfType(PartialWriteException.class, () -> write("one", "two"));
        assertThat(seen.linesWritten()).isEqualTo(2);
        assertThat(sink.stats().onSecondary()).isFalse();
        assertThat(secondary.text()).isEmpty();
    }

    @Test
    void whenTheSecondFailsTooTheFirstIsTriedWithoutAPause() throws IOException {
        primary.fault(SICK);
        write("one");
        primary.fault(HEALTHY);
        secondary.fault(SICK);
        write("two");
        assertThat(primary.text()).isEqualTo("two\n");
        assertThat(sink.stats()).isEqualTo(new FailoverStats(false, 1, 1, 1, 1, 1, 0));
        secondary.fault(HEALTHY);
        write("three");
        assertThat(primary.text()).isEqualTo("two\nthree\n");
    }

    @Test
    void aFlushThatFailsIsAFailureToo() throws IOException {
        MemorySink other = new MemorySink();
        Sink unflushable = new Sink() {
            @Override
            public void write(LineBatch batch) {}

            @Override
            public void flush() throws IOException {
                throw new IOException("cannot send");
            }
        };
        FailoverSink pair =
                FailoverSink.builder(unflushable, other).ticker(time).build();
        pair.write(Lines.batch("one"));
        assertThat(catchThrowableOfType(IOException.class, pair::flush)).hasMessageContaining("cannot send");
        pair.write(Lines.batch("two"));
        assertThat(other.text()).isEqualTo("two\n");
        assertThat(other.flushes()).isEqualTo(1);
        pair.close();
        assertThat(other.closes()).isEqualTo(1);
    }

    @Test
    void aListenerThatThrowsIsCounted() throws IOException {
        FailoverListener broken = new FailoverListener() {
            @Override
            public void failedOver(Throwable cause) {
                throw new IllegalStateException("bug");
            }
        };
        FailoverSink pair = FailoverSink.builder(primary, secondary)
                .ticker(time)
                .listener(broken)
                .build();
        primary.fault(SICK);
        pair.write(Lines.batch("one"));
        assertThat(secondary.text()).isEqualTo("one\n");
        assertThat(pair.stats().listenerFailures()).isEqualTo(1);
    }

    /** Each sink takes a part of a batch, or nothing, or all, at random. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    @DisplayName("row 24: two sinks that fail at random have each accepted line once, and no other")
    void eachAcceptedLineOnce(long seed) {
        Random random = new Random(seed);
        primary.fault(batch -> stumble(random, primary, batch));
        secondary.fault(batch -> stumble(random, secondary, batch));
        List<String> accepted = new ArrayList<>();
        List<String> lines = Lines.random(seed, 500, 30);
        for (List<String> some : Lines.batches(seed, lines, 6)) {
            accepted.addAll(some.subList(0, offer(some)));
            time.advance(Duration.ofMillis(random.nextInt(2_000)));
        }
        List<String> found = delivered().lines().toList();
        assertThat(found).containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(sink.stats().primaryLines() + sink.stats().secondaryLines()).isEqualTo(accepted.size());
        assertThat(primary.text().lines().toList()).isSubsetOf(accepted).isNotEmpty();
        assertThat(secondary.lines()).isPositive();
    }

    private static void stumble(Random random, MemorySink sink, LineBatch batch) throws IOException {
        int lines = random.nextInt(3 * batch.lines() + 1);
        if (lines < batch.lines()) {
            sink.take(batch, lines);
            throw new PartialWriteException(lines, new IOException("stumbled"));
        }
    }

    private int offer(List<String> lines) {
        try {
            sink.write(Lines.batch(lines));
            return lines.size();
        } catch (PartialWriteException e) {
            return e.linesWritten();
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> FailoverSink.builder(primary, primary));
        FailoverSink.Builder builder = FailoverSink.builder(primary, secondary);
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(3))) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.pauses(wrong, Duration.ofSeconds(2)));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.pauses(Duration.ofSeconds(1), Duration.ofDays(366)));
    }

    private void write(String... lines) throws IOException {
        sink.write(Lines.batch(lines));
    }

    private final class Host implements FailoverListener {
        @Override
        public void failedOver(Throwable cause) {
            news.add("over: " + cause.getMessage());
        }

        @Override
        public void failedBack() {
            news.add("back");
        }
    }
}
