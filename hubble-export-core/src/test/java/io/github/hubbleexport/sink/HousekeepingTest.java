package io.github.hubbleexport.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.sink.FaultyFileOps.Call;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which backups stay, and how they are compressed. */
final class HousekeepingTest {

    @RegisterExtension
    private final SinkInvariants invariants =
            new SinkInvariants().expectLog("(COMPRESS|DELETE|LIST|LISTENER|HOUSEKEEPING) failed");

    @TempDir
    private Path folder;

    private static final long LIMIT = TimeUnit.MINUTES.toNanos(1);
    private static final String OLD = "events-2026-02-01T00-00-00.000.log";
    private static final String OLDER = "events-2026-01-01T00-00-00.000.log";

    private final FakeTime time = new FakeTime();
    private LogFolder log = new LogFolder(Path.of(""));

    @BeforeEach
    void openFolder() {
        log = new LogFolder(folder);
    }

    @Test
    void keepsFiveBackupsUnlessToldOtherwise() throws IOException {
        try (RotatingSink sink = sink().build()) {
            write(sink, 0, 9);
            assertThat(sink.stats().deletions()).isEqualTo(3);
        }
        assertThat(log.lines()).isEqualTo(numbers(3, 9));
    }

    @Test
    void keepsAsManyAsTold() throws IOException {
        try (RotatingSink sink = sink().maxBackups(2).build()) {
            write(sink, 0, 9);
        }
        assertThat(log.lines()).isEqualTo(numbers(6, 9));
    }

    @Test
    void zeroKeepsAll() throws IOException {
        try (RotatingSink sink = sink().maxBackups(0).build()) {
            write(sink, 0, 30);
        }
        assertThat(log.lines()).isEqualTo(numbers(0, 30));
    }

    @Test
    void aPlainBackupAndItsArchiveCountOnce() throws IOException {
        log.write(OLD, "two\n");
        gzip(OLD + ".gz", "two\n");
        gzip(OLDER + ".gz", "one\n");
        try (RotatingSink sink = sink().maxBackups(2).build()) {
            write(sink, 0, 1);
            assertThat(log.backups()).containsExactly(OLDER + ".gz", OLD, OLD + ".gz");
            write(sink, 1, 2);
            assertThat(log.backups()).hasSize(3).contains(OLD, OLD + ".gz");
            write(sink, 2, 3);
            assertThat(log.backups()).hasSize(2).doesNotContain(OLD, OLD + ".gz");
            assertThat(sink.stats().deletions()).isEqualTo(3);
        }
    }

    @Test
    void deletesTheOldByTheTimeInTheirName() throws IOException {
        try (RotatingSink sink = sink().maxBackups(0).maxAge(Duration.ofDays(3)).build()) {
            for (int day = 0; day < 10; day++) {
                write(sink, day, day + 1);
                time.advance(Duration.ofDays(1));
            }
        }
        assertThat(log.lines()).isEqualTo(numbers(5, 10));
    }

    @Test
    void keepsNoMoreBytesThanTold() throws IOException {
        try (RotatingSink sink = sink().maxBackups(0).maxTotalBytes(7).build()) {
            write(sink, 0, 9);
        }
        assertThat(log.lines()).isEqualTo(numbers(5, 9));
    }

    @Test
    void deletesAllBackupsWhereTheDiskCannotHaveEnoughSpace() throws IOException {
        try (RotatingSink sink = sink().minFreeBytes(Long.MAX_VALUE / 2).build()) {
            write(sink, 0, 3);
        }
        assertThat(log.lines()).isEqualTo(numbers(2, 3));
    }

    @Test
    void keepsBackupsWhileEnoughSpaceIsFree() throws IOException {
        try (RotatingSink sink = sink().minFreeBytes(1).build()) {
            write(sink, 0, 3);
        }
        assertThat(log.lines()).isEqualTo(numbers(0, 3));
    }

    @Test
    void compressesToGzipAndKeepsTheMode() throws IOException {
        List<String> lines = Lines.random(11, 3_000, 300);
        try (RotatingSink sink =
                sink().maxFileBytes(100_000).compress(true).fileMode("0640").build()) {
            sink.write(Lines.batch(lines));
            assertThat(sink.awaitHousekeeping(LIMIT)).isTrue();
            assertThat(sink.stats().compressions()).isEqualTo(4);
        }
        assertThat(log.backups()).hasSize(4).allMatch(name -> name.endsWith(".log.gz"));
        assertThat(log.lines()).isEqualTo(lines);
        for (String name : log.backups()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.path(name))))
                    .isEqualTo("rw-r-----");
        }
    }

    @Test
    @DisplayName("row 18: what an earlier process left half done is finished")
    void finishesWhatAnEarlierProcessLeft() throws IOException {
        log.write(OLD, "two\n");
        log.write(OLD + ".gz.tmp", "half an arch");
        log.write(OLD + ".gz", "half an archive that was not renamed to this name by us\n");
        log.write(OLDER, "one\n");
        log.write("events-2026-01-05T00-00-00.000.log.gz.tmp", "its plain file is gone");
        try (RotatingSink sink = sink().compress(true).build()) {
            write(sink, 0, 1);
        }
        assertThat(log.names()).containsExactly(OLDER + ".gz", OLD + ".gz", "events.log");
        assertThat(log.lines()).containsExactly("one", "two", "0");
    }

    @Test
    @DisplayName("row 21: files of others are never touched")
    void neverTouchesFilesOfOthers() throws IOException {
        List<String> foreign = new ArrayList<>(List.of(
                "events.log.1",
                "events-.log",
                "events-2026-01-01.log",
                "events-2026-01-01T00-00-00.000.log.bak",
                "events-2026-01-01T00-00-00.000.txt",
                "events-2026-01-01T00-00-00.000.log.tmp",
                "events-2026-01-01T00-00-00.000.log.gz.tmp.old",
                "events-x-2026-01-01T00-00-00.000.log",
                "other-2026-01-01T00-00-00.000.log",
                "other-2026-01-01T00-00-00.000.log.gz.tmp"));
        for (String name : foreign) {
            log.write(name, "theirs\n");
        }
        try (RotatingSink sink =
                sink().maxBackups(1).maxAge(Duration.ofHours(1)).compress(true).build()) {
            write(sink, 0, 4);
        }
        assertThat(log.names()).containsAll(foreign);
        for (String name : foreign) {
            assertThat(log.text(name)).isEqualTo("theirs\n");
            Files.delete(log.path(name));
        }
        assertThat(log.backups()).hasSize(1);
    }

    @Test
    void ownRetentionAndCompressionAreUsed() throws IOException {
        Compression shouting = new Compression() {
            @Override
            public String suffix() {
                return ".loud";
            }

            @Override
            public OutputStream open(OutputStream archive) {
                return new FilterOutputStream(archive) {
                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        out.write(new String(bytes, offset, length, UTF_8)
                                .replace("\n", "!\n")
                                .getBytes(UTF_8));
                    }
                };
            }
        };
        try (RotatingSink sink = sink().compression(shouting)
                .retention((newestFirst, now) -> newestFirst.size() > 3 ? newestFirst.subList(0, 1) : List.of())
                .build()) {
            write(sink, 0, 5);
        }
        assertThat(log.backups()).hasSize(3).allMatch(name -> name.endsWith(".loud"));
        assertThat(log.lines()).containsExactly("0!", "1!", "2!", "4");
    }

    @Test
    void tellsWhatItDoes() throws IOException {
        List<String> news = Collections.synchronizedList(new ArrayList<>());
        RotationListener listener = new RotationListener() {
            @Override
            public void rotated(Path live, Path backup) {
                news.add("rotated " + live.getFileName() + " to " + backup.getFileName());
            }

            @Override
            public void compressed(Path backup, Path archive) {
                news.add("compressed " + backup.getFileName() + " to " + archive.getFileName());
            }

            @Override
            public void deleting(Path backup) {
                assertThat(backup).exists();
                news.add("deleting " + backup.getFileName());
            }
        };
        try (RotatingSink sink =
                sink().maxBackups(1).compress(true).listener(listener).build()) {
            write(sink, 0, 3);
        }
        String first = "events-2026-03-01T10-20-30.456.log";
        String second = "events-2026-03-01T10-20-30.457.log";
        assertThat(news)
                .containsExactly(
                        "rotated events.log to " + first,
                        "compressed " + first + " to " + first + ".gz",
                        "rotated events.log to " + second,
                        "deleting " + first + ".gz",
                        "compressed " + second + " to " + second + ".gz");
    }

    @Test
    void aListenerOrARetentionThatThrowsIsCountedAndLosesNothing() throws IOException {
        RotationListener broken = new RotationListener() {
            @Override
            public void rotated(Path live, Path backup) {
                throw new IllegalStateException("bug");
            }

            @Override
            public void failed(SinkOperation operation, Path path, Throwable cause) {
                throw new AssertionError("worse");
            }
        };
        Retention brokenToo = (newestFirst, now) -> {
            throw new IllegalStateException("bug");
        };
        try (RotatingSink sink = sink().listener(broken).retention(brokenToo).build()) {
            write(sink, 0, 3);
            assertThat(sink.stats().failures(SinkOperation.HOUSEKEEPING)).isEqualTo(3);
            assertThat(sink.stats().failures(SinkOperation.LISTENER)).isEqualTo(2 + 3);
        }
        assertThat(log.lines()).isEqualTo(numbers(0, 3));
    }

    /** Fails the first call of a kind, then the second, and so on: no line is lost, and the next round makes it good. */
    @ParameterizedTest
    @EnumSource(
            value = Call.class,
            names = {
                "LIST",
                "READ",
                "READ_BYTES",
                "CREATE",
                "PACK",
                "PACK_CLOSE",
                "COPY_MODE",
                "SYNC",
                "REPLACE",
                "DELETE"
            })
    @DisplayName("rows 2, 19, 20: what fails in the background is done the next time")
    void whateverFailsIsDoneTheNextTime(Call kind) throws IOException {
        boolean fired = true;
        for (int n = 1; fired; n++) {
            int failing = n;
            FaultyFileOps ops = new FaultyFileOps().bytesBeforeFailure(3);
            ops.plan((call, number) -> call == kind && number == failing);
            LogFolder run = new LogFolder(Files.createDirectory(log.path("run" + n)));
            try (RotatingSink sink = RotatingSink.builder(run.live())
                    .maxFileBytes(1)
                    .maxBackups(3)
                    .compress(true)
                    .clock(time)
                    .fileOps(ops)
                    .build()) {
                write(sink, 0, 6);
                fired = ops.fired() > 0;
                assertThat(run.names()).noneMatch(name -> name.endsWith(".tmp"));
                ops.plan((call, number) -> false);
                write(sink, 6, 7);
                long failures = sink.stats().failures().values().stream()
                        .mapToLong(count -> count)
                        .sum();
                assertThat(failures).isEqualTo(ops.fired());
            }
            assertThat(run.backups()).hasSize(3).allMatch(name -> name.endsWith(".gz"));
            assertThat(run.lines()).isEqualTo(numbers(3, 7));
            run.assertWhole();
        }
    }

    @Test
    @DisplayName("row 18: a plain backup stays until its archive is on the disk")
    void aPlainBackupStaysUntilItsArchiveIsOnTheDisk() throws IOException {
        FaultyFileOps ops = new FaultyFileOps();
        ops.plan((call, number) -> call == Call.SYNC || call == Call.DELETE);
        try (RotatingSink sink = sink().compress(true).fileOps(ops).build()) {
            write(sink, 0, 3);
            assertThat(log.backups()).filteredOn(name -> name.endsWith(".log")).hasSize(2);
            assertThat(log.backups()).noneMatch(name -> name.endsWith(".gz"));
            ops.plan((call, number) -> false);
            write(sink, 3, 4);
        }
        assertThat(log.backups()).hasSize(3).allMatch(name -> name.endsWith(".gz"));
        assertThat(log.lines()).isEqualTo(numbers(0, 4));
    }

    private RotatingSink.Builder sink() {
        return RotatingSink.builder(log.live()).maxFileBytes(1).clock(time).ticker(time);
    }

    /** Each of these lines fills a file of its own. */
    private static void write(RotatingSink sink, int from, int to) throws IOException {
        for (String line : numbers(from, to)) {
            sink.write(Lines.batch(line));
            assertThat(sink.awaitHousekeeping(LIMIT)).isTrue();
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    private void gzip(String name, String text) throws IOException {
        try (OutputStream out = Compression.gzip().open(Files.newOutputStream(log.path(name)))) {
            out.write(text.getBytes(UTF_8));
        }
    }
}
