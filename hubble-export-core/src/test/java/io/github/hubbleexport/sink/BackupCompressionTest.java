package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.sink.FaultyFileOps.Call;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** When backups are compressed, with what, and whom that is told before. */
@Timeout(120)
final class BackupCompressionTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants().expectLog("(COMPRESS|DELETE|LISTENER) failed");

    @TempDir
    private Path folder;

    private static final long LIMIT = TimeUnit.MINUTES.toNanos(1);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final String OLD = "events-2026-02-01T00-00-00.000.log";

    private final FakeTime time = new FakeTime();
    private LogFolder log = new LogFolder(Path.of(""));

    @BeforeEach
    void openFolder() {
        log = new LogFolder(folder);
    }

    @Test
    void zstdIsReadByItsOwnLibrary() throws IOException {
        List<String> lines = Lines.random(7, 3_000, 300);
        try (RotatingSink sink =
                sink().maxFileBytes(100_000).compression(Compression.zstd()).build()) {
            sink.write(Lines.batch(lines));
            assertThat(sink.awaitHousekeeping(LIMIT)).isTrue();
            assertThat(sink.stats().compressions()).isEqualTo(4);
            assertThat(sink.stats().failures()).isEmpty();
        }
        assertThat(log.backups()).hasSize(4).allMatch(name -> name.endsWith(".log.zst"));
        assertThat(log.lines()).isEqualTo(lines);
    }

    @Test
    void archivesOfAnEarlierSettingStillCountAsBackups() throws IOException {
        try (RotatingSink sink = sink().compression(Compression.zstd()).build()) {
            write(sink, "0", "1");
        }
        try (RotatingSink sink = sink().compress(true).maxBackups(1).build()) {
            write(sink, "2", "3");
        }
        assertThat(log.backups()).singleElement().asString().endsWith(".gz");
    }

    @Test
    @DisplayName("row 39: a backup stays plain for its grace, measured without the clock")
    void compressedAfterTheGraceOnly() throws IOException {
        try (RotatingSink sink = sink().compress(true).compressAfter(GRACE).build()) {
            write(sink, "0", "1");
            time.advance(GRACE.dividedBy(2));
            write(sink, "2");
            assertPlain(2);
            time.setClock(FakeTime.START.plus(Duration.ofDays(4_000)));
            tidy(sink);
            assertPlain(2);
            time.advance(GRACE.dividedBy(2).minusNanos(1));
            tidy(sink);
            assertPlain(2);
            time.advance(Duration.ofNanos(1));
            tidy(sink);
            assertPlain(1);
            time.advance(GRACE.dividedBy(2));
            tidy(sink);
            assertPlain(0);
            assertThat(sink.stats().compressions()).isEqualTo(2);
        }
        assertThat(log.lines()).containsExactly("0", "1", "2");
    }

    @Test
    @DisplayName("row 39: what an earlier process put away is as old as its name says, and no younger than it may be")
    void theGraceOfAnEarlierProcess() throws IOException {
        log.write(OLD, "old\n");
        log.write("events-2026-03-01T10-20-20.456.log", "ten seconds ago\n");
        log.write("events-2027-01-01T00-00-00.000.log", "of the future\n");
        try (RotatingSink sink =
                sink().compress(true).compressAfter(GRACE).maxFileBytes(100).build()) {
            write(sink, "0");
            assertPlain(2);
            time.advance(GRACE.minusSeconds(10));
            tidy(sink);
            assertPlain(1);
            time.advance(Duration.ofSeconds(10));
            tidy(sink);
            assertPlain(0);
        }
    }

    @Test
    void theBackgroundThreadComesBackByItself() throws Exception {
        CountDownLatch compressed = new CountDownLatch(2);
        RotationListener listener = new RotationListener() {
            @Override
            public void compressed(Path backup, Path archive) {
                compressed.countDown();
            }
        };
        try (RotatingSink sink = RotatingSink.builder(log.live())
                .maxFileBytes(1)
                .compress(true)
                .compressAfter(Duration.ofMillis(20))
                .listener(listener)
                .build()) {
            write(sink, "0", "1", "2");
            assertThat(compressed.await(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(log.lines()).containsExactly("0", "1", "2");
    }

    @Test
    void whatIsInItsGraceAtTheEndIsForTheNextSink() throws IOException {
        try (RotatingSink sink = sink().compress(true).compressAfter(GRACE).build()) {
            write(sink, "0", "1");
        }
        assertPlain(1);
        time.advance(GRACE);
        try (RotatingSink sink = sink().compress(true).compressAfter(GRACE).build()) {
            write(sink, "2");
        }
        assertThat(log.backups()).hasSize(2);
        assertPlain(1);
    }

    @Test
    @DisplayName("rows 19, 20: what failed in the background is tried again without a rotation, after growing pauses")
    void whatFailedIsTriedAgainWithoutARotation() throws Exception {
        CountDownLatch compressed = new CountDownLatch(1);
        List<SinkOperation> failed = Collections.synchronizedList(new ArrayList<>());
        RotationListener listener = new RotationListener() {
            @Override
            public void compressed(Path backup, Path archive) {
                compressed.countDown();
            }

            @Override
            public void failed(SinkOperation operation, Path path, Throwable cause) {
                failed.add(operation);
            }
        };
        FaultyFileOps ops = new FaultyFileOps().bytesBeforeFailure(2);
        ops.plan((call, number) -> call == Call.PACK && number == 1);
        try (RotatingSink sink =
                sink().compress(true).fileOps(ops).listener(listener).build()) {
            write(sink, "0", "1");
            assertThat(compressed.await(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(failed).containsExactly(SinkOperation.COMPRESS);
        assertThat(log.lines()).containsExactly("0", "1");
        assertPlain(0);
    }

    @Test
    void aHostThatThrowsIsAskedAgainBeforeABackupIsCompressed() throws IOException {
        Uploader uploader = new Uploader();
        try (RotatingSink sink = sink().compress(true).listener(uploader).build()) {
            uploader.isUp = false;
            write(sink, "0", "1");
            assertPlain(1);
            assertThat(sink.stats().failures(SinkOperation.LISTENER)).isEqualTo(1);
            uploader.isUp = true;
            tidy(sink);
            assertPlain(0);
        }
        assertThat(uploader.news).containsExactly("not yet", "compressing 0\n");
        assertThat(log.lines()).containsExactly("0", "1");
    }

    @Test
    void aHostThatThrowsIsAskedAgainBeforeABackupIsDeleted() throws IOException {
        Uploader uploader = new Uploader();
        try (RotatingSink sink = sink().maxBackups(1).listener(uploader).build()) {
            uploader.isUp = false;
            write(sink, "0", "1", "2", "3");
            assertThat(log.backups()).hasSize(3);
            assertThat(sink.stats().deletions()).isZero();
            uploader.isUp = true;
            uploader.news.clear();
            tidy(sink);
            assertThat(sink.stats().deletions()).isEqualTo(2);
        }
        assertThat(uploader.news).containsExactlyInAnyOrder("deleting 0\n", "deleting 1\n");
        assertThat(log.lines()).containsExactly("2", "3");
    }

    @Test
    void eachBackupIsShownBeforeItIsCompressedAndBeforeItIsDeleted() throws IOException {
        Uploader uploader = new Uploader();
        try (RotatingSink sink =
                sink().compress(true).maxBackups(1).listener(uploader).build()) {
            write(sink, "0", "1", "2");
        }
        assertThat(uploader.news).containsExactly("compressing 0\n", "deleting 0\n", "compressing 1\n");
    }

    /** Takes a backup before it changes or goes, or says that it cannot. */
    private final class Uploader implements RotationListener {

        private final List<String> news = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean isUp = true;

        @Override
        public void compressing(Path backup) {
            take("compressing ", backup);
        }

        @Override
        public void deleting(Path backup) {
            take("deleting ", backup);
        }

        private void take(String verb, Path backup) {
            news.add(isUp ? verb + log.text(backup.getFileName().toString()) : "not yet");
            if (!isUp) {
                throw new IllegalStateException("the server for uploads is down");
            }
        }
    }

    private RotatingSink.Builder sink() {
        return RotatingSink.builder(log.live())
                .maxFileBytes(1)
                .maxBackups(0)
                .clock(time)
                .ticker(time);
    }

    /** Each of these lines fills a file of its own. */
    private static void write(RotatingSink sink, String... lines) throws IOException {
        for (String line : lines) {
            sink.write(Lines.batch(line));
            assertThat(sink.awaitHousekeeping(LIMIT)).isTrue();
        }
    }

    private static void tidy(RotatingSink sink) {
        sink.keepHouse();
        assertThat(sink.awaitHousekeeping(LIMIT)).isTrue();
    }

    private void assertPlain(int backups) {
        assertThat(log.backups()).filteredOn(name -> name.endsWith(".log")).hasSize(backups);
    }
}
