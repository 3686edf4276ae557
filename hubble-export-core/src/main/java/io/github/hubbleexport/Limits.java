package io.github.hubbleexport;

import java.time.Duration;

/** Durations as nanoseconds. */
final class Limits {

    private static final Duration MOST = Duration.ofNanos(Long.MAX_VALUE);

    private Limits() {}

    /** Nanoseconds; those that are too many for a long as the most that it holds, below zero as none. */
    static long nanos(Duration limit) {
        if (limit.isNegative()) {
            return 0;
        }
        return limit.compareTo(MOST) < 0 ? limit.toNanos() : Long.MAX_VALUE;
    }
}
