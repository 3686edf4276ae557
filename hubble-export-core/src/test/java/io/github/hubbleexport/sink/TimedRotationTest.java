package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files that are put away for their age, not their size. */
final class TimedRotationTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    @TempDir
    private Path folder;

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final FakeTime time = new FakeTime();
    private LogFolder log = new LogFolder(Path.of(""));

    @BeforeEach
    void openFolder() {
        log = new LogFolder(folder);
    }

    @Test
    void afterAnInterval() throws IOException {
        try (RotatingSink sink = sink(RotationPolicy.interval(Duration.ofMinutes(10)))) {
            write(sink, "one");
            time.advance(Duration.ofMinutes(10).minusNanos(1));
            write(sink, "two");
            time.advance(Duration.ofNanos(1));
            write(sink, "three");
            assertThat(sink.stats().oversizeLines()).isZero();
        }
        assertThat(log.backups()).hasSize(1);
        assertThat(log.liveLines()).containsExactly("three");
    }

    @Test
    @DisplayName("row 14: a clock that is set neither shortens nor lengthens an interval")
    void anIntervalDoesNotFollowTheClock() throws IOException {
        try (RotatingSink sink = sink(RotationPolicy.interval(Duration.ofMinutes(10)))) {
            write(sink, "one");
            time.setClock(Instant.parse("2038-01-19T03:14:08Z"));
            write(sink, "two");
            assertThat(log.backups()).isEmpty();
            time.setClock(FakeTime.START.minus(Duration.ofHours(1)));
            time.advance(Duration.ofMinutes(10));
            write(sink, "three");
        }
        assertThat(log.backups()).hasSize(1);
        assertThat(log.liveLines()).containsExactly("three");
    }

    @Test
    void aFileThatIsFoundIsAsOldAsItsLastChange() throws IOException {
        log.write("events.log", "old\n");
        Files.setLastModifiedTime(log.live(), FileTime.from(FakeTime.START.minus(Duration.ofMinutes(4))));
        try (RotatingSink sink = sink(RotationPolicy.interval(Duration.ofMinutes(10)))) {
            write(sink, "one");
            time.advance(Duration.ofMinutes(6));
            write(sink, "two");
        }
        assertThat(log.backups()).hasSize(1);
        assertThat(log.liveLines()).containsExactly("two");
    }

    @Test
    void withTheFirstLineOfAnotherDayOfTheZone() throws IOException {
        time.setClock(Instant.parse("2026-03-01T22:59:59.999Z"));
        try (RotatingSink sink = sink(RotationPolicy.daily(BERLIN))) {
            write(sink, "one");
            time.advance(Duration.ofMillis(1));
            write(sink, "two");
            time.advance(Duration.ofHours(24).minusMillis(1));
            write(sink, "three");
            assertThat(log.backups()).hasSize(1);
            time.advance(Duration.ofMillis(1));
            write(sink, "four");
        }
        assertThat(log.backups()).hasSize(2);
        assertThat(log.lines()).containsExactly("one", "two", "three", "four");
    }

    @Test
    void aFileOfYesterdayIsPutAwayBeforeTheFirstLine() throws IOException {
        log.write("events.log", "old\n");
        Files.setLastModifiedTime(log.live(), FileTime.from(FakeTime.START.minus(Duration.ofDays(1))));
        try (RotatingSink sink = sink(RotationPolicy.daily(ZoneOffset.UTC))) {
            write(sink, "new");
        }
        assertThat(log.backups()).hasSize(1);
        assertThat(log.liveLines()).containsExactly("new");
    }

    @Test
    @DisplayName("row 14: a clock that jumps to 2038 and back puts each time a file away, and the newest backups stay")
    void jumpsTo2038AndBack() throws IOException {
        Instant start = time.instant();
        try (RotatingSink sink = RotatingSink.builder(log.live())
                .rotation(RotationPolicy.daily(ZoneOffset.UTC))
                .maxBackups(3)
                .clock(time)
                .ticker(time)
                .build()) {
            for (int i = 0; i < 4; i++) {
                sink.write(Lines.batch("before " + i));
                time.advance(Duration.ofDays(1));
            }
            time.setClock(Instant.parse("2038-01-19T03:14:08Z"));
            sink.write(Lines.batch("in 2038"));
            time.setClock(start.plus(Duration.ofDays(4)));
            for (int i = 0; i < 2; i++) {
                sink.write(Lines.batch("after " + i));
                time.advance(Duration.ofDays(1));
            }
        }
        assertThat(log.lines()).containsExactly("before 3", "in 2038", "after 0", "after 1");
    }

    @Test
    @DisplayName("row 14: an hour that comes twice in autumn has two files")
    void theAutumnHourHasTwoFiles() throws IOException {
        time.setClock(Instant.parse("2026-10-25T00:30:00Z")); // 02:30 in summer time
        try (RotatingSink sink = sink(RotationPolicy.hourly(BERLIN))) {
            write(sink, "one");
            time.advance(Duration.ofHours(1));
            write(sink, "two");
        }
        assertThat(log.backups()).hasSize(1);
        assertThat(log.liveLines()).containsExactly("two");
    }

    @Test
    void whicheverOfTwoComesFirst() throws IOException {
        try (RotatingSink sink = sink(RotationPolicy.size(8).or(RotationPolicy.interval(Duration.ofHours(1))))) {
            write(sink, "one");
            write(sink, "two");
            write(sink, "three");
            time.advance(Duration.ofHours(1));
            write(sink, "4");
        }
        assertThat(log.backups()).hasSize(2);
        assertThat(log.lines()).containsExactly("one", "two", "three", "4");
    }

    @Test
    void atStartWhereToldSo() throws IOException {
        for (String run : new String[] {"one", "two"}) {
            try (RotatingSink sink = RotatingSink.builder(log.live())
                    .rotateAtStart(true)
                    .clock(time)
                    .build()) {
                write(sink, run);
                write(sink, run + " more");
            }
        }
        assertThat(log.backups()).hasSize(1);
        assertThat(log.liveLines()).containsExactly("two", "two more");
    }

    private static void write(RotatingSink sink, String line) throws IOException {
        sink.write(Lines.batch(line));
    }

    private RotatingSink sink(RotationPolicy policy) {
        return RotatingSink.builder(log.live())
                .rotation(policy)
                .maxBackups(0)
                .clock(time)
                .ticker(time)
                .build();
    }
}
