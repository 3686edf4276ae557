package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BackupNamingTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant MOMENT = Instant.parse("2026-01-02T15:04:05.006789Z");

    private final BackupNaming utc = BackupNaming.timestamp(ZoneOffset.UTC);
    private final BackupNaming local = BackupNaming.timestamp(BERLIN);

    @ParameterizedTest
    @CsvSource({
        "events.log, events-2026-01-02T15-04-05.006.log",
        "events, events-2026-01-02T15-04-05.006",
        "a.b.json, a.b-2026-01-02T15-04-05.006.json",
        ".hidden, -2026-01-02T15-04-05.006.hidden",
        "a-b.log, a-b-2026-01-02T15-04-05.006.log",
    })
    void namesAsLumberjackDoes(String live, String backup) {
        assertThat(utc.name(live, MOMENT, Long.MIN_VALUE)).isEqualTo(backup);
        assertThat(parsed(utc, live, backup).moment()).isEqualTo("2026-01-02T15:04:05.006Z");
    }

    @Test
    void localTimeIsReadAsLocalTime() {
        String name = local.name("e.log", MOMENT, Long.MIN_VALUE);
        assertThat(name).isEqualTo("e-2026-01-02T16-04-05.006.log");
        assertThat(parsed(local, "e.log", name).moment()).isEqualTo("2026-01-02T15:04:05.006Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e.log",
                "e-.log",
                "e-2026-01-02T15-04-05.log",
                "e-2026-01-02T15-04-05.0061.log",
                "e-2026-02-30T15-04-05.006.log",
                "e-2026-01-02T15:04:05.006.log",
                "e-2026-01-02T15-04-05.006.log.bak",
                "e-2026-01-02T15-04-05.006.json",
                "xe-2026-01-02T15-04-05.006.log",
                "e-x-2026-01-02T15-04-05.006.log",
                "e-2026-01-02T15-04-05.006-1.log",
                ""
            })
    void doesNotKnowForeignNames(String name) {
        assertThat(utc.parse("e.log", name)).isNull();
    }

    @Test
    void namesOfOneMillisecondAreDistinctAndInOrder() {
        long newest = Long.MIN_VALUE;
        String before = "";
        for (int i = 0; i < 1_500; i++) {
            String name = utc.name("e.log", MOMENT, newest);
            assertThat(name).isGreaterThan(before);
            assertThat(parsed(utc, "e.log", name).order()).isGreaterThan(newest);
            newest = parsed(utc, "e.log", name).order();
            before = name;
        }
    }

    @Test
    void namesGoOnWhenTheClockStepsBack() {
        String name = utc.name("e.log", MOMENT, Long.MIN_VALUE);
        Instant hourBefore = MOMENT.minusSeconds(3600);
        String next = utc.name("e.log", hourBefore, parsed(utc, "e.log", name).order());
        assertThat(next).isEqualTo("e-2026-01-02T15-04-05.007.log");
    }

    @Test
    void theRepeatedHourOfAutumnKeepsTheOrder() {
        Instant first = Instant.parse("2026-10-25T00:30:00Z"); // 02:30 in summer time
        Instant second = first.plusSeconds(600 + 3600 - 1200); // 02:20, once more
        String one = local.name("e.log", first, Long.MIN_VALUE);
        String two = local.name("e.log", second, parsed(local, "e.log", one).order());
        assertThat(one).isEqualTo("e-2026-10-25T02-30-00.000.log");
        assertThat(two).isEqualTo("e-2026-10-25T02-30-00.001.log");
    }

    private static BackupName parsed(BackupNaming naming, String live, String name) {
        return Objects.requireNonNull(naming.parse(live, name), name);
    }
}
