package io.github.hubbleexport.sink;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Pauses between attempts, each twice as long as the last. Nobody sleeps here. */
final class GrowingPause {

    private static final Duration A_YEAR = Duration.ofDays(365);

    private final LongSupplier ticker;
    private final long first;
    private final long longest;
    private long since;
    private long pause;

    GrowingPause(LongSupplier ticker, Duration first, Duration longest) {
        this.first = first.toNanos();
        this.longest = longest.toNanos();
        this.ticker = ticker;
    }

    /** Refuses pauses that a host cannot mean. */
    static void check(Duration first, Duration longest) {
        boolean grows = !first.isNegative() && !first.isZero() && first.compareTo(longest) <= 0;
        if (!grows || longest.compareTo(A_YEAR) > 0) {
            throw new IllegalArgumentException(
                    "pauses must grow from above zero to a year at most: " + first + " to " + longest);
        }
    }

    /** The first and the longest, for people. */
    @Override
    public String toString() {
        return Duration.ofNanos(first) + " to " + Duration.ofNanos(longest);
    }

    boolean isOver() {
        return left() == 0;
    }

    /** Nanoseconds until it is over; 0 if it is. */
    long left() {
        return pause == 0 ? 0 : Math.max(0, pause - (ticker.getAsLong() - since));
    }

    void failed() {
        since = ticker.getAsLong();
        pause = pause == 0 ? first : Math.min(longest, 2 * pause);
    }

    void succeeded() {
        pause = 0;
    }
}
