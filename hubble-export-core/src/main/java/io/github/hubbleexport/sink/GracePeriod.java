package io.github.hubbleexport.sink;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * How long backups are left as they are, so that a log shipper that has one open comes to its end. Measured from the
 * moment a backup is seen first, without the clock; only what an earlier process left is credited its age by its name.
 */
final class GracePeriod {

    private final Duration length;
    private final Clock clock;
    private final LongSupplier ticker;
    private final Map<String, Long> ends = new HashMap<>();

    GracePeriod(Duration length, Clock clock, LongSupplier ticker) {
        this.length = length;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Nanoseconds that are left of a backup's time; 0 if none. */
    long left(Backup backup) {
        long now = ticker.getAsLong();
        long end = ends.computeIfAbsent(
                backup.name(), name -> now + length.minus(age(backup)).toNanos());
        return Math.max(0, end - now);
    }

    /** Forgets all others. */
    void forgetAllBut(List<Backup> present) {
        Set<String> names = present.stream().map(Backup::name).collect(Collectors.toSet());
        ends.keySet().retainAll(names);
    }

    /** A clock that was set back makes no backup older, and one that was set ahead uses up no more than the period. */
    private Duration age(Backup backup) {
        Duration age = Duration.between(backup.moment(), clock.instant());
        if (age.isNegative()) {
            return Duration.ZERO;
        }
        return age.compareTo(length) > 0 ? length : age;
    }
}
