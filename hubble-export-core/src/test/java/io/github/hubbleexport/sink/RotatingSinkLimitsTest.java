package io.github.hubbleexport.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When files are put away, exact to the byte. */
final class RotatingSinkLimitsTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants().expectLog("POLICY failed");

    @TempDir
    private Path folder;

    private final FakeTime time = new FakeTime();
    private LogFolder log = new LogFolder(Path.of(""));

    @BeforeEach
    void openFolder() {
        log = new LogFolder(folder);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void filesAreThoseOfTheSlowModelForRandomLines(long seed) throws IOException {
        long limit = 200 + seed * 37;
        List<String> lines = Lines.random(seed, 600, 250); // some over the limit
        try (RotatingSink sink = sink(limit).build()) {
            for (List<String> some : Lines.batches(seed, lines, 40)) {
                sink.write(Lines.batch(some));
            }
            assertThat(sink.stats().lines()).isEqualTo(lines.size());
            assertThat(sink.stats().failures()).isEmpty();
        }
        assertThat(files()).isEqualTo(model(lines, limit));
    }

    /** One line after the other: a new file where the line would pass the limit, unless the file is empty. */
    private static List<List<String>> model(List<String> lines, long limit) {
        List<List<String>> files = new ArrayList<>();
        List<String> file = new ArrayList<>();
        long size = 0;
        for (String line : lines) {
            if (size > 0 && size + line.length() + 1 > limit) {
                files.add(file);
                file = new ArrayList<>();
                size = 0;
            }
            file.add(line);
            size += line.length() + 1;
        }
        files.add(file);
        return files;
    }

    private List<List<String>> files() {
        List<List<String>> files = new ArrayList<>();
        log.backups().forEach(name -> files.add(log.text(name).lines().toList()));
        files.add(log.liveLines());
        return files;
    }

    @Test
    void aFileMayBeExactlyFull() throws IOException {
        try (RotatingSink sink = sink(20).build()) {
            sink.write(Lines.batch("123456789", "123456789"));
            assertThat(log.backups()).isEmpty();
            sink.write(Lines.batch(""));
        }
        assertThat(log.names()).containsExactly("events-2026-03-01T10-20-30.456.log", "events.log");
        assertThat(files()).containsExactly(List.of("123456789", "123456789"), List.of(""));
    }

    @Test
    void aByteTooManyRotatesFirst() throws IOException {
        try (RotatingSink sink = sink(20).build()) {
            sink.write(Lines.batch("123456789", "1234567890"));
        }
        assertThat(files()).containsExactly(List.of("123456789"), List.of("1234567890"));
    }

    @Test
    @DisplayName("row 4: a line over the limit is written alone")
    void aLineOverTheLimitIsAloneInItsFile() throws IOException {
        String big = Lines.numbered(1, 1_000);
        try (RotatingSink sink = sink(20).build()) {
            sink.write(Lines.batch("0", big, "2"));
            assertThat(sink.stats().oversizeLines()).isEqualTo(1);
            assertThat(sink.stats().rotations()).isEqualTo(2);
        }
        assertThat(files()).containsExactly(List.of("0"), List.of(big), List.of("2"));
    }

    @Test
    void theLimitInMebibytesIsHubbles() throws IOException {
        String half = Lines.numbered(0, 512 * 1024);
        try (RotatingSink sink =
                RotatingSink.builder(log.live()).maxFileSizeMb(1).clock(time).build()) {
            sink.write(Lines.batch(half, half));
            assertThat(log.backups()).isEmpty();
            sink.write(Lines.batch("more"));
        }
        assertThat(files()).isEqualTo(List.of(List.of(half, half), List.of("more")));
    }

    @Test
    void namesCarryTheMomentOfRotation() throws IOException {
        try (RotatingSink sink = sink(1).build()) {
            sink.write(Lines.batch("0"));
            time.advance(Duration.ofMillis(1_500));
            sink.write(Lines.batch("1"));
            time.advance(Duration.ofDays(1));
            sink.write(Lines.batch("2"));
        }
        assertThat(log.names())
                .containsExactly(
                        "events-2026-03-01T10-20-31.956.log", "events-2026-03-02T10-20-31.956.log", "events.log");
    }

    @Test
    @DisplayName("row 6: a thousand forced rotations in one millisecond overwrite nothing")
    void aThousandForcedRotationsInOneMillisecondOverwriteNothing() throws IOException {
        List<String> lines =
                IntStream.range(0, 1_000).mapToObj(i -> "line " + i).toList();
        try (RotatingSink sink = sink(1_000_000).build()) {
            for (String line : lines) {
                sink.write(Lines.batch(line));
                sink.rotate();
            }
            assertThat(sink.stats().rotations()).isEqualTo(1_000);
        }
        assertThat(log.backups()).hasSize(1_000);
        assertThat(log.lines()).isEqualTo(lines);
    }

    @Test
    void forcedRotationOfNothingMakesNoBackup() throws IOException {
        try (RotatingSink sink = sink(100).build()) {
            sink.rotate();
            sink.rotate();
            assertThat(sink.stats().rotations()).isZero();
        }
        assertThat(log.backups()).isEmpty();
    }

    @Test
    void namesGoOnAfterARestartInTheSameMillisecond() throws IOException {
        for (int run = 0; run < 3; run++) {
            try (RotatingSink sink = sink(1).build()) {
                sink.write(Lines.batch(run + " a", run + " b"));
            }
        }
        assertThat(log.backups()).hasSize(5);
        assertThat(log.lines()).containsExactly("0 a", "0 b", "1 a", "1 b", "2 a", "2 b");
    }

    @Test
    @DisplayName("row 14: backups stay in order when the clock steps back")
    void backupsStayInOrderWhenTheClockStepsBack() throws IOException {
        List<String> lines = IntStream.range(0, 20).mapToObj(i -> "line " + i).toList();
        try (RotatingSink sink = sink(1).maxBackups(5).build()) {
            for (String line : lines) {
                sink.write(Lines.batch(line));
                time.advance(Duration.ofMinutes(line.endsWith("7") ? -60 : 1));
            }
        }
        assertThat(log.lines()).isEqualTo(lines.subList(14, 20));
    }

    @Test
    void backupsStayInOrderWhenTheClockIsEarlierAfterARestart() throws IOException {
        for (int run = 0; run < 3; run++) {
            try (RotatingSink sink = sink(1).maxBackups(2).build()) {
                sink.write(Lines.batch(run + " a", run + " b"));
            }
            time.advance(Duration.ofHours(-1));
        }
        assertThat(log.lines()).containsExactly("1 b", "2 a", "2 b");
    }

    @Test
    void ownPolicyAndNamesAreUsed() throws IOException {
        BackupNaming numbers = new BackupNaming() {
            @Override
            public String name(String liveName, Instant moment, long after) {
                return "events-" + (100 + Math.max(0, after + 1)) + ".log";
            }

            @Override
            public @Nullable BackupName parse(String liveName, String name) {
                String digits = name.replaceAll("\\D", "");
                return digits.isEmpty() ? null : new BackupName(FakeTime.START, Long.parseLong(digits) - 100);
            }
        };
        RotationPolicy hourly =
                file -> Duration.between(file.openedAt(), file.now()).toHours() >= 1 ? 0 : Long.MAX_VALUE;
        try (RotatingSink sink = RotatingSink.builder(log.live())
                .rotation(hourly)
                .naming(numbers)
                .clock(time)
                .build()) {
            for (int i = 0; i < 5; i++) {
                sink.write(Lines.batch("line " + i));
                time.advance(Duration.ofMinutes(40));
            }
        }
        assertThat(log.names()).containsExactly("events-100.log", "events-101.log", "events.log");
        assertThat(files())
                .containsExactly(List.of("line 0", "line 1"), List.of("line 2", "line 3"), List.of("line 4"));
    }

    @Test
    void aPolicyThatThrowsIsCountedAndLosesNothing() throws IOException {
        RotationPolicy broken = file -> {
            throw new IllegalStateException("bug");
        };
        try (RotatingSink sink =
                RotatingSink.builder(log.live()).rotation(broken).build()) {
            sink.write(Lines.batch("one", "two"));
            assertThat(sink.stats().failures(SinkOperation.POLICY)).isEqualTo(1);
        }
        assertThat(log.liveLines()).containsExactly("one", "two");
    }

    @Test
    void recordsWithoutNewlinesAreWrittenAsTheyAre() throws IOException {
        LineBatch records = new LineBatch(8);
        for (int i = 0; i < 10; i++) {
            records.append("abc".getBytes(UTF_8), 0, 3);
        }
        for (int run = 0; run < 2; run++) {
            try (RotatingSink sink = sink(9).build()) {
                sink.write(records);
            }
        }
        StringBuilder all = new StringBuilder();
        log.names().forEach(name -> all.append(log.text(name)));
        assertThat(all).hasToString("abc".repeat(20));
        log.names().forEach(name -> log.write(name, "")); // they do not end in newlines, as they must here
    }

    @Test
    void statsTellWhatWasWritten() throws IOException {
        try (RotatingSink sink = sink(10).build()) {
            sink.write(Lines.batch("123", "456", "789"));
            RotatingSinkStats stats = sink.stats();
            assertThat(stats.lines()).isEqualTo(3);
            assertThat(stats.bytes()).isEqualTo(12);
            assertThat(stats.rotations()).isEqualTo(1);
        }
    }

    private RotatingSink.Builder sink(long maxBytes) {
        return RotatingSink.builder(log.live())
                .maxFileBytes(maxBytes)
                .maxBackups(0)
                .clock(time)
                .ticker(time);
    }
}
