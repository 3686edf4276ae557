package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.hubbleexport.testkit.MemorySink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ReopeningSinkTest extends SinkContractTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    private final FakeTime time = new FakeTime();
    private final List<Connection> connections = new ArrayList<>();
    private MemorySink destination = new MemorySink();
    private boolean isUp = true;
    private ReopeningSink sink = newSink();

    @Override
    protected Sink open() {
        sink = newSink();
        return sink;
    }

    private ReopeningSink newSink() {
        destination = new MemorySink();
        return ReopeningSink.builder(this::connect).ticker(time).build();
    }

    private Connection connect() throws IOException {
        if (!isUp) {
            throw new IOException("nobody there");
        }
        Connection connection = new Connection();
        connections.add(connection);
        return connection;
    }

    @Override
    protected String delivered() {
        return destination.text();
    }

    @Override
    protected boolean breakDown() {
        isUp = false;
        connections.forEach(connection -> connection.isBroken = true);
        return true;
    }

    @Override
    protected void mend() {
        isUp = true;
        time.advance(LONG);
    }

    @Test
    @DisplayName("row 24: a sink that breaks is closed, and opened again after pauses of 0.1 s to 10 s")
    void opensAgainAfterGrowingPauses() throws IOException {
        sink.write(Lines.batch("one"));
        breakDown();
        List<Integer> tenths = new ArrayList<>();
        for (int tenth = 0; tenth < 400; tenth++) {
            long before = sink.failures();
            assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("lost")));
            if (sink.failures() > before) {
                tenths.add(tenth);
            }
            time.advance(Duration.ofMillis(100));
        }
        assertThat(tenths).containsExactly(0, 1, 3, 7, 15, 31, 63, 127, 227, 327);
        mend();
        sink.write(Lines.batch("two"));
        assertThat(delivered()).isEqualTo("one\ntwo\n");
        assertThat(connections).extracting(connection -> connection.isClosed).containsExactly(true, false);
        assertThat(sink.openings()).isEqualTo(2);
    }

    @Test
    void tellsTheCauseMeanwhile() {
        isUp = false;
        assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("one"))).withMessage("nobody there");
        assertThatIOException()
                .isThrownBy(() -> sink.write(Lines.batch("two")))
                .withMessageContaining("not tried again yet")
                .havingCause()
                .withMessage("nobody there");
        assertThat(sink.failures()).isEqualTo(1);
    }

    @Test
    void pausesBeginAnewAfterASuccess() throws IOException {
        for (int i = 0; i < 5; i++) {
            sink.write(Lines.batch("line " + i));
            connections.get(i).isBroken = true;
            assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("lost")));
            time.advance(Duration.ofMillis(100));
        }
        assertThat(destination.lines()).isEqualTo(5);
        assertThat(sink.openings()).isEqualTo(5);
    }

    @Test
    void whatTheSinkTookIsTold() throws IOException {
        sink.write(Lines.batch("one"));
        connections.get(0).takes = 1;
        PartialWriteException seen =
                catchThrowableOfType(PartialWriteException.class, () -> sink.write(Lines.batch("two", "three")));
        assertThat(seen.next()).isEqualTo(1);
        assertThat(connections.get(0).isClosed).isTrue();
    }

    @Test
    void aSinkThatOnlyRefusedLinesStaysOpen() throws IOException {
        sink.write(Lines.batch("one"));
        destination.fault(batch -> {
            throw new PartialWriteException(batch.lines(), new int[] {0}, new IOException("too long"));
        });
        PartialWriteException seen =
                catchThrowableOfType(PartialWriteException.class, () -> sink.write(Lines.batch("two", "three")));
        assertThat(seen.refused()).containsExactly(0);
        destination.fault(batch -> {});
        sink.write(Lines.batch("four"));
        assertThat(sink.openings()).isEqualTo(1);
        assertThat(sink.failures()).isZero();
    }

    @Test
    void aFlushThatFailsClosesToo() throws IOException {
        sink.write(Lines.batch("one"));
        connections.get(0).isBroken = true;
        assertThatIOException().isThrownBy(sink::flush).withMessage("broken");
        assertThat(connections.get(0).isClosed).isTrue();
        time.advance(LONG);
        sink.write(Lines.batch("two"));
        assertThat(delivered()).isEqualTo("one\ntwo\n");
    }

    @Test
    void whatClosingThrowsDoesNotHideTheCause() throws IOException {
        sink.write(Lines.batch("one"));
        connections.get(0).isBroken = true;
        connections.get(0).closingFails = true;
        Throwable seen = catchThrowable(() -> sink.write(Lines.batch("lost")));
        assertThat(seen).hasMessage("broken").hasSuppressedException(new IllegalStateException("cannot be closed"));
        assertThat(sink.failures()).isEqualTo(2);
    }

    @Test
    void refusesPausesThatDoNotGrow() {
        ReopeningSink.Builder builder = ReopeningSink.builder(this::connect);
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(3))) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.pauses(wrong, Duration.ofSeconds(2)));
        }
        builder.pauses(Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    /** One of the sinks that were opened, all to one destination. */
    private final class Connection extends Sink {

        private boolean isBroken;
        private boolean isClosed;
        private boolean closingFails;
        private int takes = Integer.MAX_VALUE;

        @Override
        public void write(LineBatch batch) throws IOException {
            refuseIfBroken();
            if (takes < batch.lines()) {
                destination.take(batch, takes);
                throw new PartialWriteException(takes, new IOException("the rest refused"));
            }
            destination.write(batch);
        }

        @Override
        public void flush() throws IOException {
            refuseIfBroken();
        }

        @Override
        public void close() {
            isClosed = true;
            if (closingFails) {
                throw new IllegalStateException("cannot be closed");
            }
        }

        private void refuseIfBroken() throws IOException {
            if (isBroken) {
                throw new IOException("broken");
            }
        }
    }
}
