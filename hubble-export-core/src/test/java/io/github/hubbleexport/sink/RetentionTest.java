package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RetentionTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

    /** The first is 0 days old, the second one day, and so on. */
    private static final List<Backup> BACKUPS =
            IntStream.range(0, 10).mapToObj(RetentionTest::daysOld).toList();

    @Test
    void keepsTheNewest() {
        assertThat(Retention.newest(3).expired(BACKUPS, NOW)).isEqualTo(BACKUPS.subList(3, 10));
        assertThat(Retention.newest(10).expired(BACKUPS, NOW)).isEmpty();
        assertThat(Retention.newest(11).expired(BACKUPS, NOW)).isEmpty();
    }

    @Test
    void keepsTheYoung() {
        assertThat(Retention.youngerThan(Duration.ofDays(4)).expired(BACKUPS, NOW))
                .isEqualTo(BACKUPS.subList(5, 10));
        assertThat(Retention.youngerThan(Duration.ofDays(4).minusMillis(1)).expired(BACKUPS, NOW))
                .isEqualTo(BACKUPS.subList(4, 10));
    }

    @Test
    void deletesWhatEitherWouldDelete() {
        Retention both = Retention.newest(8).and(Retention.youngerThan(Duration.ofDays(4)));
        assertThat(both.expired(BACKUPS, NOW)).containsExactlyInAnyOrderElementsOf(BACKUPS.subList(5, 10));
        assertThat(Retention.all().and(Retention.newest(8)).expired(BACKUPS, NOW))
                .isEqualTo(BACKUPS.subList(8, 10));
        assertThat(Retention.all().expired(BACKUPS, NOW)).isEmpty();
    }

    @Test
    void keepsTheNewestThatTogetherAreSmallEnough() {
        assertThat(Retention.totalBytes(30).expired(BACKUPS, NOW)).isEqualTo(BACKUPS.subList(3, 10));
        assertThat(Retention.totalBytes(29).expired(BACKUPS, NOW)).isEqualTo(BACKUPS.subList(2, 10));
        assertThat(Retention.totalBytes(9).expired(BACKUPS, NOW)).isEqualTo(BACKUPS);
        assertThat(Retention.totalBytes(100).expired(BACKUPS, NOW)).isEmpty();
        assertThat(Retention.totalBytes(1).expired(List.of(), NOW)).isEmpty();
    }

    @Test
    void givesUpTheOldestForFreeSpace() {
        assertThat(free(100, 100).expired(BACKUPS, NOW)).isEmpty();
        assertThat(free(100, 99).expired(BACKUPS, NOW)).isEqualTo(BACKUPS.subList(9, 10));
        assertThat(free(100, 79).expired(BACKUPS, NOW)).isEqualTo(BACKUPS.subList(7, 10));
        assertThat(free(1_000, 0).expired(BACKUPS, NOW)).isEqualTo(BACKUPS);
        assertThat(free(1_000, 0).expired(List.of(), NOW)).isEmpty();
    }

    private static Retention free(long minBytes, long usable) {
        return new FreeSpace(minBytes, file -> usable);
    }

    @Test
    void refusesWhatKeepsNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> Retention.totalBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Retention.freeBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> RotationPolicy.interval(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Retention.newest(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Retention.youngerThan(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Retention.youngerThan(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> RotationPolicy.size(0));
    }

    private static Backup daysOld(int days) {
        Instant moment = NOW.minus(Duration.ofDays(days));
        return new Backup("b" + days, moment, -days, 10, List.of(Path.of("b" + days)));
    }
}
