package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.sink.FaultyFileOps.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** When lines are put on the disk, and what happens when that fails. */
final class RotatingSinkFsyncTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants().expectLog("(FSYNC|RENAME) failed");

    @TempDir
    private Path folder;

    private final FakeTime time = new FakeTime();
    private final FaultyFileOps ops = new FaultyFileOps();
    private LogFolder log = new LogFolder(Path.of(""));

    @BeforeEach
    void openFolder() {
        log = new LogFolder(folder);
    }

    @Test
    void neverUnlessToldOtherwise() throws IOException {
        try (RotatingSink sink = sink(10).build()) {
            sink.write(Lines.batch("123456", "123456"));
            sink.flush();
        }
        assertThat(syncs()).isZero();
    }

    @Test
    void eachBatchBeforeTheWriteReturns() throws IOException {
        try (RotatingSink sink = sink(1_000).fsync(Fsync.eachBatch()).build()) {
            sink.write(Lines.batch("one", "two"));
            assertThat(syncs()).isEqualTo(1);
            sink.flush();
            assertThat(syncs()).isEqualTo(1);
            sink.write(Lines.batch("three"));
            assertThat(syncs()).isEqualTo(2);
        }
        assertThat(syncs()).as("nothing is left for the close").isEqualTo(2);
    }

    @Test
    void eachFileOfABatchThatRotates() throws IOException {
        try (RotatingSink sink = sink(10).fsync(Fsync.eachBatch()).build()) {
            sink.write(Lines.batch("123456", "234567", "345678"));
            assertThat(syncs()).isEqualTo(3);
        }
    }

    @Test
    void atRotationAndAtTheEnd() throws IOException {
        try (RotatingSink sink = sink(10).fsync(Fsync.atRotation()).build()) {
            sink.write(Lines.batch("1234"));
            sink.flush();
            assertThat(syncs()).isZero();
            sink.write(Lines.batch("123456"));
            assertThat(syncs()).isEqualTo(1);
        }
        assertThat(syncs()).isEqualTo(2);
    }

    @Test
    void withTheFirstWriteOrFlushAfterTheInterval() throws IOException {
        Fsync interval = Fsync.interval(Duration.ofSeconds(2));
        try (RotatingSink sink = sink(1_000).fsync(interval).build()) {
            sink.write(Lines.batch("one"));
            time.advance(Duration.ofMillis(1_999));
            sink.flush();
            sink.write(Lines.batch("two"));
            assertThat(syncs()).isZero();
            time.advance(Duration.ofMillis(1));
            sink.flush();
            assertThat(syncs()).isEqualTo(1);
            time.advance(Duration.ofHours(1));
            sink.flush();
            assertThat(syncs()).as("nothing waits").isEqualTo(1);
            sink.write(Lines.batch("three"));
            assertThat(syncs()).as("it has not waited").isEqualTo(1);
            time.advance(Duration.ofSeconds(2));
            sink.write(Lines.batch("four"));
            assertThat(syncs()).isEqualTo(2);
        }
        assertThat(syncs()).isEqualTo(2);
    }

    @Test
    @Timeout(60)
    void afterTheIntervalAlsoWhenNobodyWritesAnyMore() throws Exception {
        CountDownLatch synced = new CountDownLatch(2);
        ops.hold(call -> {
            if (call == Call.SYNC) {
                synced.countDown();
            }
        });
        try (RotatingSink sink = RotatingSink.builder(log.live())
                .fileOps(ops)
                .fsync(Fsync.interval(Duration.ofMillis(20)))
                .build()) {
            sink.write(Lines.batch("one"));
            while (synced.getCount() > 1) {
                Thread.onSpinWait();
            }
            sink.write(Lines.batch("two"));
            synced.await();
            assertThat(sink.stats().failures()).isEmpty();
        }
        assertThat(log.lines()).containsExactly("one", "two");
    }

    @Test
    @Timeout(60)
    @DisplayName("row 35: a sync by the background thread that fails is counted, and told by the next flush")
    void aFailedFsyncInTheBackground() throws Exception {
        ops.plan((call, number) -> call == Call.SYNC);
        try (RotatingSink sink = RotatingSink.builder(log.live())
                .fileOps(ops)
                .fsync(Fsync.interval(Duration.ofMillis(1)))
                .build()) {
            sink.write(Lines.batch("one"));
            while (sink.stats().notDurableLines() == 0) {
                Thread.onSpinWait();
            }
            assertThatIOException().isThrownBy(sink::flush);
            sink.flush();
            assertThat(sink.stats().notDurableLines()).isEqualTo(1);
        }
        assertThat(log.lines()).containsExactly("one");
    }

    @Test
    void anIntervalIsAboveZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fsync.interval(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Fsync.interval(Duration.ofNanos(-1)));
    }

    @Test
    @DisplayName(
            "row 35: a batch whose fsync fails is reported as not durable, a new file is begun, nothing is retried")
    void aFailedFsync() throws IOException {
        ops.plan((call, number) -> call == Call.SYNC && number == 2);
        try (RotatingSink sink = sink(1_000).fsync(Fsync.eachBatch()).build()) {
            sink.write(Lines.batch("one"));
            PartialWriteException seen =
                    catchThrowableOfType(PartialWriteException.class, () -> sink.write(Lines.batch("two", "three")));
            assertThat(seen).hasMessageContaining("SYNC");
            assertThat(seen.linesWritten()).as("they are in the file").isEqualTo(2);
            assertThat(syncs()).isEqualTo(2);
            sink.write(Lines.batch("four"));
            assertThat(syncs()).as("one for the new file, none for the old one").isEqualTo(3);
            assertThat(sink.stats().notDurableLines()).isEqualTo(2);
            assertThat(sink.stats().failures(SinkOperation.FSYNC)).isEqualTo(1);
            assertThat(sink.stats().lines()).isEqualTo(4);
        }
        assertThat(log.backups()).hasSize(1);
        assertThat(log.liveLines()).containsExactly("four");
        assertThat(log.lines()).containsExactly("one", "two", "three", "four");
    }

    @Test
    @DisplayName("row 35: where no new file can be begun, lines go on to the same one")
    void aFailedFsyncAndARefusedRename() throws IOException {
        ops.plan((call, number) -> call == Call.RENAME || (call == Call.SYNC && number == 1));
        try (RotatingSink sink = sink(1_000).fsync(Fsync.eachBatch()).build()) {
            assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("one")));
            sink.write(Lines.batch("two"));
            assertThat(log.liveLines()).containsExactly("one", "two");
            ops.plan((call, number) -> false);
            time.advance(Rotator.FIRST_PAUSE);
            sink.write(Lines.batch("three"));
            assertThat(sink.stats().notDurableLines()).isEqualTo(1);
        }
        assertThat(log.liveLines()).containsExactly("three");
    }

    @Test
    @DisplayName("row 35: a failure at rotation is told by the write that rotates, and loses no line")
    void aFailedFsyncAtRotation() throws IOException {
        ops.plan((call, number) -> call == Call.SYNC && number == 1);
        try (RotatingSink sink = sink(10).fsync(Fsync.atRotation()).build()) {
            sink.write(Lines.batch("1234", "5678"));
            PartialWriteException seen =
                    catchThrowableOfType(PartialWriteException.class, () -> sink.write(Lines.batch("9")));
            assertThat(seen.linesWritten()).isEqualTo(1);
            assertThat(sink.stats().notDurableLines()).isEqualTo(2);
            sink.write(Lines.batch("10"));
        }
        assertThat(log.lines()).containsExactly("1234", "5678", "9", "10");
    }

    @Test
    @DisplayName("row 35: a flush that cannot put lines on the disk says so, once")
    void aFailedFsyncInAFlush() throws IOException {
        ops.plan((call, number) -> call == Call.SYNC && number == 1);
        try (RotatingSink sink =
                sink(1_000).fsync(Fsync.interval(Duration.ofSeconds(1))).build()) {
            sink.write(Lines.batch("one"));
            time.advance(Duration.ofSeconds(1));
            assertThatIOException().isThrownBy(sink::flush);
            sink.flush();
            assertThat(syncs()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("row 35: a close that cannot put lines on the disk says so, and has closed everything all the same")
    void aFailedFsyncAtTheEnd() throws IOException {
        ops.plan((call, number) -> call == Call.SYNC && number == 1);
        RotatingSink sink = sink(1_000).fsync(Fsync.atRotation()).build();
        sink.write(Lines.batch("one", "two"));
        assertThatIOException().isThrownBy(sink::close);
        assertThat(sink.stats().notDurableLines()).isEqualTo(2);
        sink.close();
        assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("three")));
        try (RotatingSink next = sink(1_000).build()) {
            next.write(Lines.batch("three"));
        }
        assertThat(log.lines()).containsExactly("one", "two", "three");
    }

    @Test
    void anExporterTellsItsLogWhenTheLastLinesAreNotDurable() throws IOException {
        invariants.expectLog("the sink could not be closed");
        ops.plan((call, number) -> call == Call.SYNC && number == 1);
        FlowExporter exporter = new ExporterBuilder()
                .sink(sink(100_000).fsync(Fsync.atRotation()).build())
                .build();
        assertThat(exporter.export(ExportEvent.newBuilder().setNodeName("n").build()))
                .isEqualTo(ExportOutcome.BUFFERED);
        assertThat(exporter.close(Duration.ofMinutes(1))).isTrue();
        assertThat(exporter.counters().written()).isEqualTo(1);
        assertThat(exporter.status().health().lastError())
                .hasValueSatisfying(error -> assertThat(error.what()).contains("could not be closed"));
    }

    @Test
    void linesInAFileThatOthersMovedAreNotDurable() throws IOException {
        Fsync interval = Fsync.interval(Duration.ofHours(1));
        try (RotatingSink sink = sink(1_000).fsync(interval).build()) {
            sink.write(Lines.batch("one", "two"));
            Files.move(log.live(), log.path("moved.txt"));
            Files.createFile(log.live());
            time.advance(Duration.ofSeconds(1));
            PartialWriteException seen =
                    catchThrowableOfType(PartialWriteException.class, () -> sink.write(Lines.batch("three")));
            assertThat(seen.linesWritten()).isEqualTo(1);
            assertThat(sink.stats().notDurableLines()).isEqualTo(2);
            Files.delete(log.live());
            time.advance(Duration.ofHours(1));
            assertThatIOException().isThrownBy(sink::flush);
            assertThat(sink.stats().notDurableLines()).isEqualTo(3);
        }
    }

    private int syncs() {
        return ops.count(Call.SYNC);
    }

    private RotatingSink.Builder sink(long maxBytes) {
        return RotatingSink.builder(log.live())
                .maxFileBytes(maxBytes)
                .clock(time)
                .ticker(time)
                .fileOps(ops);
    }
}
