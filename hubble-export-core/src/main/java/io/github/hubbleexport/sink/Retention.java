package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Decides which backups may stay. Called by the background thread. */
@FunctionalInterface
public interface Retention {

    /**
     * The backups that are to be deleted.
     *
     * @param newestFirst all backups of one live file; cannot be changed
     * @param now the time by the clock of the sink
     */
    List<Backup> expired(List<Backup> newestFirst, Instant now);

    /** Keeps all backups. */
    static Retention all() {
        return (backups, now) -> List.of();
    }

    /**
     * Keeps the newest backups; a plain file and its compressed form count once.
     *
     * @param maxBackups how many, at least 1
     * @throws IllegalArgumentException if the number is below 1
     */
    static Retention newest(int maxBackups) {
        if (maxBackups < 1) {
            throw new IllegalArgumentException("maxBackups must be at least 1: " + maxBackups);
        }
        return (backups, now) -> backups.subList(Math.min(maxBackups, backups.size()), backups.size());
    }

    /**
     * Keeps backups until they are too old, by the time in their name and the clock: one that jumps ahead makes them old, as
     * it does in Hubble.
     *
     * @param maxAge the greatest age, above zero
     * @throws IllegalArgumentException if the age is zero or negative
     */
    static Retention youngerThan(Duration maxAge) {
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("maxAge must be above zero: " + maxAge);
        }
        return (backups, now) -> backups.stream()
                .filter(backup -> Duration.between(backup.moment(), now).compareTo(maxAge) > 0)
                .toList();
    }

    /**
     * Keeps the newest backups that together take no more than so many bytes.
     *
     * @param maxBytes at least 1; the live file does not count
     * @throws IllegalArgumentException if the number is below 1
     */
    static Retention totalBytes(long maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1: " + maxBytes);
        }
        return (backups, now) -> {
            int kept = 0;
            long left = maxBytes;
            while (kept < backups.size() && backups.get(kept).bytes() <= left) {
                left -= backups.get(kept++).bytes();
            }
            return backups.subList(kept, backups.size());
        };
    }

    /**
     * Deletes the oldest backups until so many bytes are free where they are, as far as deleting them can bring that
     * about. Looked at after each rotation.
     *
     * @param minBytes at least 1
     * @throws IllegalArgumentException if the number is below 1
     */
    static Retention freeBytes(long minBytes) {
        return new FreeSpace(minBytes, FreeSpace::usable);
    }

    /** Deletes what either of the two would delete. */
    default Retention and(Retention other) {
        requireNonNull(other, "other");
        return (backups, now) -> Stream.concat(expired(backups, now).stream(), other.expired(backups, now).stream())
                .distinct()
                .toList();
    }
}
