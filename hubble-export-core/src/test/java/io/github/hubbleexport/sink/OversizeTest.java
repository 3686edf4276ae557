package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.hubbleexport.sink.FaultyFileOps.Call;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that are longer than a whole file may be, where they are to be dropped. */
final class OversizeTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants().expectLog("RENAME failed");

    @TempDir
    private Path folder;

    private static final String BIG = Lines.numbered(0, 1_000);

    private final FakeTime time = new FakeTime();
    private LogFolder log = new LogFolder(Path.of(""));

    @BeforeEach
    void openFolder() {
        log = new LogFolder(folder);
    }

    @Test
    @DisplayName("row 4: a line over the limit is dropped where told so, and the lines around it are written")
    void dropped() throws IOException {
        try (RotatingSink sink = sink(20).build()) {
            PartialWriteException seen = catchThrowableOfType(
                    PartialWriteException.class, () -> sink.write(Lines.batch("0", BIG, "2", BIG)));
            assertThat(seen.next()).isEqualTo(4);
            assertThat(seen.linesWritten()).isEqualTo(2);
            assertThat(seen.refused()).containsExactly(1, 3);
            assertThat(seen).hasMessageContaining("2 lines longer than 20 bytes");
            sink.write(Lines.batch("4"));
            assertThat(sink.stats().oversizeLines()).isEqualTo(2);
            assertThat(sink.stats().droppedLines()).isEqualTo(2);
            assertThat(sink.stats().lines()).isEqualTo(3);
            assertThat(sink.stats().rotations())
                    .as("no file is put away for nothing")
                    .isZero();
            assertThat(sink.stats().failures()).isEmpty();
        }
        assertThat(log.lines()).containsExactly("0", "2", "4");
    }

    @Test
    @DisplayName("row 4: a line of exactly the limit is not oversize")
    void exactlyTheLimit() throws IOException {
        String fits = Lines.numbered(1, 20);
        try (RotatingSink sink = sink(20).build()) {
            sink.write(Lines.batch("0", fits, "2"));
            assertThat(sink.stats().oversizeLines()).isZero();
        }
        assertThat(log.lines()).containsExactly("0", fits, "2");
    }

    @Test
    @DisplayName("rows 4, 5: where files cannot be renamed, oversize lines are dropped all the same")
    void droppedWhileRenamesAreRefused() throws IOException {
        FaultyFileOps ops = new FaultyFileOps();
        ops.plan((call, number) -> call == Call.RENAME);
        try (RotatingSink sink = sink(20).fileOps(ops).build()) {
            sink.write(Lines.batch(Lines.numbered(0, 15)));
            PartialWriteException seen = catchThrowableOfType(
                    PartialWriteException.class,
                    () -> sink.write(Lines.batch(Lines.numbered(1, 15), BIG, Lines.numbered(3, 15))));
            assertThat(seen.refused()).containsExactly(1);
        }
        assertThat(log.liveLines())
                .containsExactly(Lines.numbered(0, 15), Lines.numbered(1, 15), Lines.numbered(3, 15));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("rows 3, 4: short writes and dropped lines together: each line is written, refused or left, never two")
    void withShortWrites(long seed) throws IOException {
        List<String> lines = Lines.random(seed, 300, 90);
        FaultyFileOps ops = new FaultyFileOps().bytesBeforeFailure((int) seed * 11);
        ops.plan((call, number) -> call == Call.WRITE && number % 3 == 0);
        List<String> expected =
                lines.stream().filter(line -> line.length() + 1 <= 60).toList();
        int refused = 0;
        try (RotatingSink sink = sink(60).fileOps(ops).build()) {
            for (List<String> some : Lines.batches(seed, lines, 9)) {
                refused += writeAll(sink, Lines.batch(some));
            }
            assertThat(sink.stats().droppedLines()).isEqualTo(refused).isEqualTo(lines.size() - expected.size());
        }
        assertThat(log.lines()).isEqualTo(expected);
    }

    /** Offers the rest until there is none; returns how many lines were refused. */
    private static int writeAll(Sink sink, LineBatch batch) throws IOException {
        LineBatch rest = batch;
        int refused = 0;
        while (!rest.isEmpty()) {
            try {
                sink.write(rest);
                return refused;
            } catch (PartialWriteException e) {
                refused += e.linesRefused();
                rest = rest.from(e.next());
            }
        }
        return refused;
    }

    @Test
    void aPolicyThatDoesNotSayHowLongALineMayBeDropsNothing() throws IOException {
        RotationPolicy own = file -> 20 - file.size();
        try (RotatingSink sink = RotatingSink.builder(log.live())
                .rotation(own)
                .oversize(Oversize.DROP)
                .build()) {
            sink.write(Lines.batch("0", BIG, "2"));
            assertThat(sink.stats().oversizeLines()).isEqualTo(1);
            assertThat(sink.stats().droppedLines()).isZero();
        }
        assertThat(log.lines()).containsExactly("0", BIG, "2");
    }

    @Test
    void theShorterOfTwoPoliciesCounts() {
        assertThat(RotationPolicy.size(7).or(RotationPolicy.size(5)).longestLine())
                .isEqualTo(5);
        assertThat(RotationPolicy.size(7).or(file -> 3).longestLine()).isEqualTo(7);
    }

    @Test
    void tellsOfEachLineWhatBecameOfIt() {
        int[] lines = {0, 3, 4};
        PartialWriteException seen = new PartialWriteException(6, lines, new IOException("why"));
        lines[0] = 5;
        List<Boolean> written = new ArrayList<>();
        IntStream.range(0, 8).forEach(line -> written.add(seen.isWritten(line)));
        assertThat(written).containsExactly(false, true, true, false, false, true, false, false);
        assertThat(seen.linesWritten()).isEqualTo(3);
        assertThat(seen.linesRefused()).isEqualTo(3);
    }

    @Test
    void refusedLinesAscendBelowTheNext() {
        IOException why = new IOException("why");
        for (int[] wrong : Arrays.asList(new int[] {6}, new int[] {-1}, new int[] {2, 2}, new int[] {3, 2})) {
            assertThatIllegalArgumentException().isThrownBy(() -> new PartialWriteException(6, wrong, why));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new PartialWriteException(-1, why));
    }

    private RotatingSink.Builder sink(long maxBytes) {
        return RotatingSink.builder(log.live())
                .maxFileBytes(maxBytes)
                .maxBackups(0)
                .oversize(Oversize.DROP)
                .clock(time)
                .ticker(time);
    }
}
