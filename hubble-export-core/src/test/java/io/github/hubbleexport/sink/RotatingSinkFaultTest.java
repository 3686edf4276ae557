package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.hubbleexport.sink.FaultyFileOps.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** File operations that fail: what {@code write} accepted is there, whole, once and in order, and the sink recovers. */
final class RotatingSinkFaultTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants().expectLog("events.log(.lock)?: [A-Z]+ failed");

    @TempDir
    private Path folder;

    private static final List<String> LINES = Lines.random(5, 60, 40);

    private final FakeTime time = new FakeTime();
    private final List<String> accepted = new ArrayList<>();
    private LogFolder log = new LogFolder(Path.of(""));
    private int runs;

    @BeforeEach
    void openFolder() throws IOException {
        log = new LogFolder(folder);
        newRun();
    }

    /** Begins with half a line, in a folder of its own; the live file of the run before has been looked at. */
    private void newRun() throws IOException {
        Files.deleteIfExists(log.live());
        log = new LogFolder(folder.resolve("run" + runs++));
        accepted.clear();
        assertThat(log.path("").toFile().mkdir()).isTrue();
        log.write("events.log", "begun\nhal");
    }

    /** Fails the first call of a kind, then the second, and so on until there are no more. */
    @ParameterizedTest
    @EnumSource(
            value = Call.class,
            names = {
                "INSPECT",
                "APPEND",
                "WRITE",
                "CLOSE",
                "SET_MODE",
                "LAST_BYTE",
                "TRUNCATE",
                "RENAME",
                "LIST",
                "LOCK",
                "LOCK_IN_PLACE",
                "UNLOCK"
            })
    @DisplayName("row 2: the n-th call of each kind fails")
    void whicheverCallFailsNothingAcceptedIsHarmed(Call kind) throws IOException {
        boolean fired = true;
        for (int n = 1; fired; n++) {
            for (int bytes : writesInVain(kind)) {
                newRun();
                FaultyFileOps ops = new FaultyFileOps().bytesBeforeFailure(bytes);
                ops.plan(nth(kind, n));
                writeAll(ops);
                fired = ops.count(kind) >= n;
                assertThat(log.lines()).containsExactlyElementsOf(withBegin(accepted));
                log.assertWhole();
            }
        }
    }

    /** How many bytes of a write that fails still reach the file; of interest where one fails. */
    private static int[] writesInVain(Call kind) {
        return kind == Call.WRITE || kind == Call.TRUNCATE ? new int[] {0, 1, 7, 20, 50, 10_000} : new int[] {0};
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @DisplayName("row 2: the n-th making of a folder fails")
    void whicheverFolderCannotBeMade(int n) throws IOException {
        FaultyFileOps ops = new FaultyFileOps();
        ops.plan((call, number) -> call == Call.MAKE_FOLDERS && number <= n);
        log.write("events.log", "");
        log = new LogFolder(folder.resolve("not/there/yet"));
        writeAll(ops);
        assertThat(ops.fired()).isEqualTo(n);
        assertThat(log.lines()).containsExactlyElementsOf(accepted);
    }

    @Test
    @DisplayName("row 2: the n-th fsync fails: no line is missing, and it is told how many may not be on the disk")
    void whicheverFsyncFailsNoLineIsMissing() throws IOException {
        for (int n = 1; n <= 12; n++) {
            newRun();
            FaultyFileOps ops = new FaultyFileOps().plan(nth(Call.SYNC, n));
            try (RotatingSink sink = builder(ops).fsync(Fsync.eachBatch()).build()) {
                for (List<String> some : Lines.batches(3, LINES, 7)) {
                    assertThat(offer(sink, some)).isEqualTo(some.size());
                }
                assertThat(sink.stats().failures(SinkOperation.FSYNC)).isEqualTo(1);
                assertThat(sink.stats().notDurableLines()).isBetween(1L, 7L);
            }
            assertThat(log.lines()).containsExactlyElementsOf(withBegin(LINES));
        }
    }

    @Test
    @DisplayName("row 2: there is a test for each kind of call")
    void noKindOfCallIsForgotten() throws NoSuchMethodException {
        log.write("events.log", "");
        Set<String> failed = new TreeSet<>(Set.of("MAKE_FOLDERS", "SYNC"));
        failed.addAll(kinds(RotatingSinkFaultTest.class, "whicheverCallFailsNothingAcceptedIsHarmed"));
        failed.addAll(kinds(HousekeepingTest.class, "whateverFailsIsDoneTheNextTime"));
        assertThat(failed)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Call.values()).map(Call::name).toList());
    }

    private static List<String> kinds(Class<?> tests, String method) throws NoSuchMethodException {
        return List.of(tests.getDeclaredMethod(method, Call.class)
                .getAnnotation(EnumSource.class)
                .names());
    }

    /** A truncation is only asked for after a failed write, so there is one of those. */
    private static FaultyFileOps.Plan nth(Call kind, int n) {
        return (call, number) ->
                (call == kind && number == n) || (kind == Call.TRUNCATE && call == Call.WRITE && number == 5);
    }

    /** As an exporter does: what is not accepted is counted as lost, the next batch is offered. */
    private void writeAll(FaultyFileOps ops) throws IOException {
        try (RotatingSink sink = sink(ops)) {
            int lost = 0;
            for (List<String> some : Lines.batches(3, LINES, 7)) {
                lost += some.size() - offer(sink, some);
                time.advance(ActiveFile.FIRST_PAUSE);
            }
            ops.plan((call, number) -> false);
            time.advance(ActiveFile.LONGEST_PAUSE);
            assertThat(offer(sink, List.of("last"))).as("recovers").isEqualTo(1);
            assertThat(sink.stats().lines()).isEqualTo(LINES.size() + 1 - lost).isEqualTo(accepted.size());
            assertThat(sink.stats().bytes())
                    .isEqualTo(accepted.stream()
                            .mapToLong(line -> line.length() + 1)
                            .sum());
            assertThat(sink.awaitHousekeeping(TimeUnit.MINUTES.toNanos(1))).isTrue();
            long failures = sink.stats().failures().values().stream()
                    .mapToLong(count -> count)
                    .sum();
            assertThat(failures).isGreaterThanOrEqualTo(ops.fired());
        }
    }

    private int offer(Sink sink, List<String> lines) {
        int taken = lines.size();
        try {
            sink.write(Lines.batch(lines));
        } catch (PartialWriteException e) {
            taken = e.linesWritten();
        } catch (IOException e) {
            taken = 0;
        }
        accepted.addAll(lines.subList(0, taken));
        return taken;
    }

    private static List<String> withBegin(List<String> lines) {
        List<String> all = new ArrayList<>(List.of("begun", "hal"));
        all.addAll(lines);
        return all;
    }

    /** All lengths of the batch, from nothing of it to all of it, and then an error. */
    static IntStream everyByte() {
        return IntStream.rangeClosed(0, 36);
    }

    @ParameterizedTest
    @MethodSource("everyByte")
    @DisplayName("row 3: a short write of any number of bytes is cut off, and the rest can be offered again")
    void theRestOfABatchCanBeOfferedAgain(int bytes) throws IOException {
        FaultyFileOps ops = new FaultyFileOps().bytesBeforeFailure(bytes);
        ops.plan((call, number) -> call == Call.WRITE && number % 2 == 0);
        LineBatch batch = Lines.batch("first line", "second line", "third line", "4");
        try (RotatingSink sink = sink(ops)) {
            PartialWriteException seen = catchThrowableOfType(PartialWriteException.class, () -> sink.write(batch));
            ops.plan((call, number) -> false);
            sink.write(batch.from(seen.linesWritten()));
        }
        assertThat(log.lines()).containsExactly("begun", "hal", "first line", "second line", "third line", "4");
    }

    @Test
    @DisplayName("row 3: half a line that cannot be cut off is ended with a newline")
    void whatCannotBeCutOffIsEndedWithANewline() throws IOException {
        FaultyFileOps ops = new FaultyFileOps().bytesBeforeFailure(7);
        ops.plan((call, number) -> call == Call.TRUNCATE || (call == Call.WRITE && number == 2));
        try (RotatingSink sink = sink(ops)) {
            assertThat(offer(sink, List.of("one", "two", "three"))).isEqualTo(1);
            assertThat(offer(sink, List.of("four"))).isEqualTo(1);
            assertThat(sink.stats().failures(SinkOperation.REPAIR)).isEqualTo(2);
        }
        assertThat(log.lines()).containsExactly("begun", "hal", "one", "two", "four");
    }

    @Test
    void whatCannotBeLookedAtIsCutOffWhenItIsOpenedAgain() throws IOException {
        FaultyFileOps ops = new FaultyFileOps().bytesBeforeFailure(1_000);
        boolean[] broken = {true};
        ops.plan((call, number) ->
                broken[0] && ((call == Call.WRITE && number == 2) || (call == Call.INSPECT && number > 2)));
        try (RotatingSink sink = sink(ops)) {
            assertThat(offer(sink, List.of("one", "two"))).isZero();
            assertThat(offer(sink, List.of("three"))).isZero();
            broken[0] = false;
            time.advance(ActiveFile.LONGEST_PAUSE);
            assertThat(offer(sink, List.of("four"))).isEqualTo(1);
        }
        assertThat(log.lines()).containsExactly("begun", "hal", "four");
    }

    /** A full disk: what fits is kept, and once there is space again everything goes on. */
    @Test
    @DisplayName("row 1: a disk that is full for a while costs only the lines that did not fit")
    void aDiskThatIsFullForAWhileCostsOnlyThoseLines() throws IOException {
        FaultyFileOps ops = new FaultyFileOps().bytesBeforeFailure(12);
        Set<Call> onFullDisk = EnumSet.of(Call.WRITE, Call.MAKE_FOLDERS, Call.CREATE);
        boolean[] full = {false};
        ops.plan((call, number) -> full[0] && onFullDisk.contains(call));
        try (RotatingSink sink = sink(ops)) {
            assertThat(offer(sink, List.of("before"))).isEqualTo(1);
            full[0] = true;
            for (int i = 0; i < 50; i++) {
                assertThat(offer(sink, List.of("line " + i, "and one that is longer")))
                        .isEqualTo(1);
            }
            full[0] = false;
            for (int i = 0; i < 50; i++) {
                assertThat(offer(sink, List.of("after " + i))).isEqualTo(1);
            }
        }
        assertThat(log.lines()).containsExactlyElementsOf(withBegin(accepted));
    }

    @Test
    @DisplayName("row 5: a refused rename goes on in the same file and is tried again with growing pauses")
    void aRefusedRenameGoesOnInTheSameFileAndIsTriedWithGrowingPauses() throws IOException {
        FaultyFileOps ops = new FaultyFileOps();
        ops.plan((call, number) -> call == Call.RENAME);
        List<Integer> secondsOfAttempts = new ArrayList<>();
        try (RotatingSink sink = sink(ops)) {
            for (int second = 0; second < 250; second++) {
                int before = ops.count(Call.RENAME);
                assertThat(offer(sink, List.of(Lines.numbered(second, 91)))).isEqualTo(1);
                if (ops.count(Call.RENAME) > before) {
                    secondsOfAttempts.add(second);
                }
                time.advance(Duration.ofSeconds(1));
            }
            assertThat(secondsOfAttempts).containsExactly(0, 1, 3, 7, 15, 31, 63, 123, 183, 243);
            assertThat(sink.stats().failures(SinkOperation.RENAME)).isEqualTo(10);
            assertThat(log.backups()).isEmpty();
            ops.plan((call, number) -> false);
            time.advance(Duration.ofMinutes(1));
            assertThat(offer(sink, List.of("in a new file"))).isEqualTo(1);
        }
        assertThat(log.backups()).hasSize(1);
        assertThat(log.liveLines()).containsExactly("in a new file");
        assertThat(log.lines()).containsExactlyElementsOf(withBegin(accepted));
    }

    @Test
    @DisplayName("rows 2, 5: of failures that lose no line the log has one line a minute for each kind")
    void whatNoExceptionTellsTheLogTells() throws IOException {
        FaultyFileOps ops = new FaultyFileOps();
        ops.plan((call, number) -> call == Call.RENAME || call == Call.LOCK);
        LogRecorder recorder = LogRecorder.attached();
        try (RotatingSink sink = sink(ops)) {
            for (int second = 0; second <= 123; second++) {
                assertThat(offer(sink, List.of(Lines.numbered(second, 91)))).isEqualTo(1);
                time.advance(Duration.ofSeconds(1));
            }
        } finally {
            recorder.detach();
        }
        assertThat(recorder.lines())
                .as("renames were tried after 0, 1, 3, 7, 15, 31, 63 and 123 s, the lock once")
                .hasSize(4)
                .anyMatch(line -> line.contains(".events.log.lock: LOCK failed (1 times): "));
        assertThat(recorder.lines().stream().filter(line -> line.contains(log.live() + ": RENAME failed")))
                .hasSize(3)
                .anyMatch(line -> line.contains("(6 times)"));
    }

    @Test
    @DisplayName("row 2: a log that throws harms no line, and is counted")
    void aLogThatThrowsHarmsNothing() throws IOException {
        FaultyFileOps ops = new FaultyFileOps();
        ops.plan((call, number) -> call == Call.RENAME);
        LogRecorder broken = LogRecorder.broken();
        try (RotatingSink sink = sink(ops)) {
            for (int i = 0; i < 5; i++) {
                assertThat(offer(sink, List.of(Lines.numbered(i, 91)))).isEqualTo(1);
            }
            assertThat(sink.stats().failures(SinkOperation.LISTENER)).isEqualTo(1);
            assertThat(sink.stats().failures(SinkOperation.RENAME)).isEqualTo(1);
        } finally {
            broken.detach();
        }
        assertThat(log.lines()).containsExactlyElementsOf(withBegin(accepted));
    }

    @Test
    @DisplayName("rows 1, 13: of lines that are refused whoever offered them tells the log, not the sink")
    void whatAnExceptionTellsTheLogIsNotToldOfTwice() throws IOException {
        FaultyFileOps ops = new FaultyFileOps();
        LogRecorder recorder = LogRecorder.attached();
        try (RotatingSink sink = sink(ops)) {
            ops.plan((call, number) -> call == Call.APPEND || call == Call.WRITE);
            assertThat(offer(sink, List.of("one"))).isZero();
            ops.plan((call, number) -> call == Call.WRITE);
            time.advance(ActiveFile.LONGEST_PAUSE);
            assertThat(offer(sink, List.of("two"))).isZero();
            assertThat(sink.stats().failures(SinkOperation.OPEN)).isPositive();
            assertThat(sink.stats().failures(SinkOperation.WRITE)).isPositive();
            ops.plan((call, number) -> false);
            assertThat(offer(sink, List.of("three"))).isEqualTo(1);
        } finally {
            recorder.detach();
        }
        assertThat(recorder.lines()).isEmpty();
    }

    @Test
    void afterASuccessPausesBeginAnew() throws IOException {
        FaultyFileOps ops = new FaultyFileOps();
        Set<Integer> refused = Set.of(1, 2, 3, 5, 6);
        ops.plan((call, number) -> call == Call.RENAME && refused.contains(number));
        List<Integer> secondsOfAttempts = new ArrayList<>();
        try (RotatingSink sink = sink(ops)) {
            for (int second = 0; second < 12; second++) {
                int before = ops.count(Call.RENAME);
                assertThat(offer(sink, List.of(Lines.numbered(second, 99)))).isEqualTo(1);
                if (ops.count(Call.RENAME) > before) {
                    secondsOfAttempts.add(second);
                }
                time.advance(Duration.ofSeconds(1));
            }
        }
        assertThat(secondsOfAttempts).containsExactly(0, 1, 3, 7, 8, 9, 11);
        assertThat(log.lines()).containsExactlyElementsOf(withBegin(accepted));
    }

    @Test
    void aFileThatMayNotBeReadIsTakenForTorn() throws IOException {
        FaultyFileOps ops = new FaultyFileOps().denied();
        ops.plan((call, number) -> call == Call.LAST_BYTE);
        for (String line : List.of("one", "two")) {
            try (RotatingSink sink = sink(ops)) {
                assertThat(offer(sink, List.of(line))).isEqualTo(1);
            }
        }
        assertThat(log.lines()).containsExactly("begun", "hal", "one", "", "two");
    }

    @Test
    void aRenameRefusedByHandIsTold() throws IOException {
        FaultyFileOps ops = new FaultyFileOps();
        ops.plan((call, number) -> call == Call.RENAME);
        try (RotatingSink sink = sink(ops)) {
            assertThat(catchThrowableOfType(IOException.class, sink::rotate)).hasMessageContaining("RENAME");
            assertThat(offer(sink, List.of("goes on"))).isEqualTo(1);
            ops.plan((call, number) -> false);
            sink.rotate();
        }
        assertThat(log.backups()).hasSize(1);
        assertThat(log.lines()).containsExactly("begun", "hal", "goes on");
    }

    /** Any call may fail, several at once: no half line may pass for a whole one, and nothing accepted may be missing. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    @DisplayName("row 2: faults of all kinds at once")
    void manyFaultsAtOnceLoseNothingAccepted(long seed) throws IOException {
        Random random = new Random(seed);
        FaultyFileOps ops = new FaultyFileOps().bytesBeforeFailure(random.nextInt(60));
        ops.plan((call, number) -> random.nextInt(100) < 15);
        List<String> lines = Lines.random(seed, 400, 60);
        try (RotatingSink sink = sink(ops)) {
            for (List<String> some : Lines.batches(seed, lines, 5)) {
                offer(sink, some);
                time.advance(Duration.ofMillis(random.nextInt(4_000)));
            }
            ops.plan((call, number) -> false);
            time.advance(ActiveFile.LONGEST_PAUSE);
            assertThat(offer(sink, List.of("last"))).isEqualTo(1);
        }
        // How many are depends on when the background thread draws its share of the faults.
        assertThat(accepted.size()).isGreaterThan(lines.size() / 10);
        assertInOrder(log.lines());
    }

    private void assertInOrder(List<String> found) {
        Iterator<String> all = found.iterator();
        for (String line : accepted) {
            boolean here = false;
            while (!here && all.hasNext()) {
                here = all.next().equals(line);
            }
            assertThat(here).as("%s, in its place", line).isTrue();
        }
    }

    private RotatingSink sink(FileOps ops) {
        return builder(ops).build();
    }

    private RotatingSink.Builder builder(FileOps ops) {
        return RotatingSink.builder(log.live())
                .maxFileBytes(100)
                .maxBackups(0)
                .clock(time)
                .ticker(time)
                .fileOps(ops);
    }
}
