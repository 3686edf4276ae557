package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.hubbleexport.sink.FaultyFileOps.Call;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A file that cannot be opened is tried again with growing pauses. */
final class RotatingSinkReopeningTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    @TempDir
    private Path folder;

    private final FakeTime time = new FakeTime();
    private final FaultyFileOps ops = new FaultyFileOps().denied();
    private LogFolder log = new LogFolder(Path.of(""));

    @BeforeEach
    void openFolder() {
        log = new LogFolder(folder);
    }

    @Test
    @DisplayName("rows 1, 13, 33: opening is tried again after 0.1, 0.2, 0.4 ... and at most 10 seconds, then recovers")
    void pausesGrowUpToALimit() throws IOException {
        ops.plan((call, number) -> call == Call.APPEND);
        List<Integer> tenthsOfAttempts = new ArrayList<>();
        try (RotatingSink sink = sink()) {
            for (int tenth = 0; tenth < 400; tenth++) {
                int before = ops.count(Call.APPEND);
                assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("refused")));
                if (ops.count(Call.APPEND) > before) {
                    tenthsOfAttempts.add(tenth);
                }
                time.advance(Duration.ofMillis(100));
            }
            assertThat(tenthsOfAttempts).containsExactly(0, 1, 3, 7, 15, 31, 63, 127, 227, 327);
            assertThat(sink.stats().failures(SinkOperation.OPEN)).isEqualTo(10);
            ops.plan((call, number) -> false);
            time.advance(ActiveFile.LONGEST_PAUSE);
            sink.write(Lines.batch("recovered"));
        }
        assertThat(log.lines()).containsExactly("recovered");
    }

    @Test
    @DisplayName(
            "rows 1, 13, 33: between two attempts lines are refused without touching the disk, and the cause is told")
    void refusesAtOnceInBetween() throws IOException {
        ops.plan((call, number) -> call == Call.APPEND);
        try (RotatingSink sink = sink()) {
            assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("one")));
            int inspected = ops.count(Call.INSPECT);
            PartialWriteException seen =
                    catchThrowableOfType(PartialWriteException.class, () -> sink.write(Lines.batch("two")));
            assertThat(ops.count(Call.INSPECT)).isEqualTo(inspected);
            assertThat(seen.linesWritten()).isZero();
            assertThat(seen).hasMessageContaining("not tried again yet").hasStackTraceContaining("APPEND");
            assertThat(sink.stats().failures(SinkOperation.OPEN)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("row 13: permission taken away at rotation and given back costs the lines in between only")
    void permissionTakenAwayAtRotation() throws IOException {
        Set<Integer> refused = Set.of(2, 3);
        ops.plan((call, number) -> call == Call.APPEND && refused.contains(number));
        try (RotatingSink sink = sink()) {
            sink.write(Lines.batch("12345678"));
            assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("lost")));
            time.advance(ActiveFile.FIRST_PAUSE);
            assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("lost too")));
            time.advance(ActiveFile.FIRST_PAUSE.multipliedBy(2));
            sink.write(Lines.batch("87654321"));
            sink.write(Lines.batch("more"));
        }
        assertThat(log.lines()).containsExactly("12345678", "87654321", "more");
    }

    private RotatingSink sink() {
        return RotatingSink.builder(log.live())
                .maxFileBytes(10)
                .clock(time)
                .ticker(time)
                .fileOps(ops)
                .build();
    }
}
