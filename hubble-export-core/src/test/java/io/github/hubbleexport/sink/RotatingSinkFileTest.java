package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the sink makes of files that are there already, and of what others do to its file. */
final class RotatingSinkFileTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants().expectLog("(LIST|LOCK|OPEN) failed");

    @TempDir
    private Path folder;

    private static final Duration A_WHILE = Duration.ofNanos(ActiveFile.INSPECT_NANOS);

    private final FakeTime time = new FakeTime();
    private LogFolder log = new LogFolder(Path.of(""));

    @BeforeEach
    void openFolder() {
        log = new LogFolder(folder);
    }

    @Test
    void anExistingFileIsAppendedTo() throws IOException {
        log.write("events.log", "old\n");
        try (RotatingSink sink = sink(100).build()) {
            sink.write(Lines.batch("new"));
            assertThat(sink.stats().repairs()).isZero();
        }
        assertThat(log.text("events.log")).isEqualTo("old\nnew\n");
    }

    @Test
    @DisplayName("row 41: a full file that is found is rotated before the first line")
    void anExistingFullFileIsRotatedBeforeTheFirstLine() throws IOException {
        log.write("events.log", "123456789\n");
        try (RotatingSink sink = sink(10).build()) {
            sink.write(Lines.batch("new"));
        }
        assertThat(log.backups()).hasSize(1);
        assertThat(log.lines()).containsExactly("123456789", "new");
        assertThat(log.liveLines()).containsExactly("new");
    }

    @Test
    @DisplayName("rows 17, 41: half a line that is found gets a newline and is kept")
    void halfALineGetsANewlineAndIsKept() throws IOException {
        log.write("events.log", "old\nhal");
        try (RotatingSink sink = sink(100).build()) {
            sink.write(Lines.batch("new", "more"));
            assertThat(sink.stats().repairs()).isEqualTo(1);
            assertThat(sink.stats().lines()).isEqualTo(2);
        }
        assertThat(log.text("events.log")).isEqualTo("old\nhal\nnew\nmore\n");
    }

    @Test
    void halfALineInAFullFileGetsANewlineBeforeItIsRotated() throws IOException {
        log.write("events.log", "123456789\nhal");
        try (RotatingSink sink = sink(10).build()) {
            sink.write(Lines.batch("new"));
        }
        assertThat(log.text(log.backups().get(0))).isEqualTo("123456789\nhal\n");
        assertThat(log.liveLines()).containsExactly("new");
    }

    @Test
    void newFilesHaveTheModeWhateverTheProcessMasks() throws IOException {
        try (RotatingSink sink = sink(1).fileMode("0666").build()) {
            sink.write(Lines.batch("one", "two"));
        }
        assertThat(mode(log.backups().get(0))).isEqualTo("rw-rw-rw-");
        assertThat(mode("events.log")).isEqualTo("rw-rw-rw-");
    }

    @Test
    void theModeMayBeGivenAsASetAndIs0644Otherwise() throws IOException {
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rw-r-----");
        try (RotatingSink sink = sink(100).fileMode(mode).build()) {
            sink.write(Lines.batch("one"));
        }
        assertThat(mode("events.log")).isEqualTo("rw-r-----");
        Files.delete(log.live());
        try (RotatingSink sink = sink(100).build()) {
            sink.write(Lines.batch("one"));
        }
        assertThat(mode("events.log")).isEqualTo("rw-r--r--");
    }

    @Test
    void anExistingFileKeepsItsMode() throws IOException {
        log.write("events.log", "old\n");
        Files.setPosixFilePermissions(log.live(), PosixFilePermissions.fromString("rw-rw----"));
        try (RotatingSink sink = sink(100).build()) {
            sink.write(Lines.batch("new"));
        }
        assertThat(mode("events.log")).isEqualTo("rw-rw----");
    }

    @Test
    @DisplayName("row 41: a file that is found with another mode than was told gets that one, at the start only")
    void aFoundFileGetsTheModeThatWasTold() throws IOException {
        log.write("events.log", "old\n");
        Files.setPosixFilePermissions(log.live(), PosixFilePermissions.fromString("rw-------"));
        try (RotatingSink sink = sink(100).fileMode("0644").build()) {
            sink.write(Lines.batch("new"));
            assertThat(mode("events.log")).isEqualTo("rw-r--r--");
            Files.delete(log.live());
            log.write("events.log", "made by others\n");
            Files.setPosixFilePermissions(log.live(), PosixFilePermissions.fromString("rw-rw----"));
            time.advance(A_WHILE);
            sink.write(Lines.batch("more"));
        }
        assertThat(mode("events.log")).isEqualTo("rw-rw----");
        assertThat(log.lines()).containsExactly("made by others", "more");
    }

    @Test
    @DisplayName("row 41: a file that is found and may not be written gets the mode of a new one, at the start only")
    void aFoundFileThatMayNotBeWrittenGetsTheMode() throws IOException {
        log.write("events.log", "old\nhal");
        Files.setPosixFilePermissions(log.live(), PosixFilePermissions.fromString("r--r--r--"));
        FaultyFileOps ops = new FaultyFileOps().denied();
        ops.plan((call, number) -> call == FaultyFileOps.Call.APPEND && number != 2); // as it is for others than root
        try (RotatingSink sink = sink(100).fileOps(ops).build()) {
            sink.write(Lines.batch("new"));
            Files.delete(log.live());
            log.write("events.log", "old again\n");
            time.advance(A_WHILE);
            assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("refused")));
            assertThat(ops.count(FaultyFileOps.Call.SET_MODE)).isEqualTo(1);
            assertThat(sink.stats().failures(SinkOperation.OPEN)).isEqualTo(1);
        }
        assertThat(log.lines()).containsExactly("old again");
    }

    @Test
    @DisplayName("row 41: where the mode cannot be set either, that is counted and the sink recovers")
    void aModeThatCannotBeSetIsCounted() throws IOException {
        log.write("events.log", "old\n");
        FaultyFileOps ops = new FaultyFileOps();
        ops.plan((call, number) -> call == FaultyFileOps.Call.SET_MODE);
        try (RotatingSink sink = sink(100).fileMode("0600").fileOps(ops).build()) {
            sink.write(Lines.batch("new"));
            assertThat(sink.stats().failures(SinkOperation.OPEN)).isEqualTo(1);
        }
        assertThat(log.lines()).containsExactly("old", "new");
    }

    @Test
    @DisplayName("row 7: a deleted file is made anew")
    void aDeletedFileIsMadeAnew() throws IOException {
        try (RotatingSink sink = sink(100).build()) {
            sink.write(Lines.batch("lost"));
            Files.delete(log.live());
            time.advance(A_WHILE);
            sink.write(Lines.batch("kept"));
            assertThat(sink.stats().reopened()).isEqualTo(1);
        }
        assertThat(log.liveLines()).containsExactly("kept");
    }

    @Test
    void thePathIsNotLookedAtMoreOftenThanItMust() throws IOException {
        FaultyFileOps ops = new FaultyFileOps();
        try (RotatingSink sink = sink(10_000).fileOps(ops).build()) {
            sink.write(Lines.batch("one"));
            int before = ops.count(FaultyFileOps.Call.INSPECT);
            time.advance(A_WHILE.minusNanos(1));
            sink.write(Lines.batch("two"));
            sink.write(Lines.batch("three"));
            assertThat(ops.count(FaultyFileOps.Call.INSPECT)).isEqualTo(before);
            time.advance(Duration.ofNanos(1));
            sink.write(Lines.batch("four"));
            assertThat(ops.count(FaultyFileOps.Call.INSPECT)).isEqualTo(before + 1);
        }
    }

    @Test
    void aFileRenamedByOthersLosesNoLine() throws IOException {
        try (RotatingSink sink = sink(100).build()) {
            sink.write(Lines.batch("one"));
            Files.move(log.live(), log.path("events-moved.txt"));
            sink.write(Lines.batch("two"));
            time.advance(A_WHILE);
            sink.write(Lines.batch("three"));
        }
        assertThat(log.text("events-moved.txt")).isEqualTo("one\ntwo\n");
        assertThat(log.liveLines()).containsExactly("three");
    }

    @Test
    @DisplayName("row 8: a file renamed and made anew by others is followed")
    void aFileRenamedAndMadeAnewByOthersIsFollowed() throws IOException {
        try (RotatingSink sink = sink(100).fileMode("0600").build()) {
            sink.write(Lines.batch("one"));
            Files.move(log.live(), log.path("events-moved.txt"));
            Files.createFile(log.live());
            Files.setPosixFilePermissions(log.live(), PosixFilePermissions.fromString("rw-r--r--"));
            time.advance(A_WHILE);
            sink.write(Lines.batch("two"));
        }
        assertThat(log.liveLines()).containsExactly("two");
        assertThat(mode("events.log")).isEqualTo("rw-r--r--");
    }

    @Test
    void aRotationNeverRenamesTheFileOfOthers() throws IOException {
        try (RotatingSink sink = sink(8).build()) {
            sink.write(Lines.batch("one"));
            Files.move(log.live(), log.path("events-moved.txt"));
            log.write("events.log", "x\n");
            sink.write(Lines.batch("seven"));
            assertThat(sink.stats().rotations()).isZero();
        }
        assertThat(log.text("events.log")).isEqualTo("x\nseven\n");
        assertThat(log.text("events-moved.txt")).isEqualTo("one\n");
    }

    @Test
    @DisplayName("row 9: copytruncate leaves no hole and causes no rotation")
    void copyTruncateByOthersLeavesNoHoleAndCausesNoRotation() throws IOException {
        try (RotatingSink sink = sink(10).build()) {
            sink.write(Lines.batch("12345678"));
            Files.write(log.live(), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            sink.write(Lines.batch("abc"));
            sink.write(Lines.batch("def"));
            assertThat(sink.stats().rotations()).isZero();
        }
        assertThat(log.text("events.log")).isEqualTo("abc\ndef\n");
    }

    @Test
    void halfALineOfOthersIsNoticedWithTheSize() throws IOException {
        try (RotatingSink sink = sink(100).build()) {
            sink.write(Lines.batch("one"));
            Files.writeString(log.live(), "hal", StandardOpenOption.APPEND);
            time.advance(A_WHILE);
            sink.write(Lines.batch("two"));
        }
        assertThat(log.text("events.log")).isEqualTo("one\nhal\ntwo\n");
    }

    @Test
    @DisplayName("row 10: a removed folder is made again")
    void aFolderRemovedIsMadeAgain() throws IOException {
        Path file = log.path("a/b/events.log");
        try (RotatingSink sink = RotatingSink.builder(file).ticker(time).build()) {
            sink.write(Lines.batch("lost"));
            Files.delete(file);
            Files.delete(log.path("a/b/.events.log.lock"));
            Files.delete(log.path("a/b"));
            Files.delete(log.path("a"));
            time.advance(A_WHILE);
            sink.write(Lines.batch("kept"));
        }
        assertThat(Files.readString(file)).isEqualTo("kept\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.path("a"))))
                .startsWith("rwx");
    }

    @Test
    @DisplayName("row 12: a link is followed and rotated beside its target")
    void aLinkIsFollowedAndRotatedBesideItsTarget() throws IOException {
        Files.createDirectory(log.path("target"));
        Files.createFile(log.path("target/real.log"));
        Files.createSymbolicLink(log.live(), log.path("target/real.log"));
        try (RotatingSink sink = sink(1).build()) {
            sink.write(Lines.batch("one", "two"));
            assertThat(sink.path().getFileName()).hasToString("real.log");
        }
        assertThat(log.names()).containsExactly("events.log", "target");
        assertThat(new LogFolder(log.path("target")).names())
                .containsExactly("real-2026-03-01T10-20-30.456.log", "real.log");
        assertThat(log.text("events.log")).isEqualTo("two\n");
    }

    @Test
    void aFolderInPlaceOfTheFileIsAFailureUntilItIsGone() throws IOException {
        try (RotatingSink sink = sink(100).build()) {
            Files.createDirectory(log.live());
            assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("refused")));
            Files.delete(log.live());
            time.advance(ActiveFile.FIRST_PAUSE);
            sink.write(Lines.batch("kept"));
            assertThat(sink.stats().failures(SinkOperation.OPEN)).isEqualTo(1);
        }
        assertThat(log.liveLines()).containsExactly("kept");
    }

    @Test
    @DisplayName("row 22: an interrupted thread rotates and repairs, and stays interrupted")
    void anInterruptedThreadRotatesAndRepairsToo() throws IOException {
        log.write("events.log", "hal");
        FaultyFileOps ops = new FaultyFileOps().bytesBeforeFailure(7);
        ops.plan((call, number) -> call == FaultyFileOps.Call.WRITE && number == 3);
        try (RotatingSink sink = sink(12).fileOps(ops).build()) {
            Thread.currentThread().interrupt();
            sink.write(Lines.batch("one"));
            assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("two", "three")));
            sink.write(Lines.batch("four"));
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(log.lines()).containsExactly("hal", "one", "two", "four");
        assertThat(log.backups()).hasSize(1);
    }

    @Test
    void aClosedSinkRefuses() throws IOException {
        RotatingSink sink = sink(100).build();
        sink.write(Lines.batch("one"));
        sink.close();
        assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("two"))).withMessageContaining("closed");
        assertThatIOException().isThrownBy(sink::rotate).withMessageContaining("closed");
        assertThat(log.lines()).containsExactly("one");
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(log.path(name)));
    }

    private RotatingSink.Builder sink(long maxBytes) {
        return RotatingSink.builder(log.live())
                .maxFileBytes(maxBytes)
                .clock(time)
                .ticker(time);
    }
}
