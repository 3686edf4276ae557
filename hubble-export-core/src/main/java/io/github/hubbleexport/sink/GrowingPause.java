package io.github.hubbleexport.sink;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Pauses between attempts, each twice as long as the last: from a second to a minute. Nobody sleeps here. */
final class GrowingPause {

    static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier ticker;
    private long since;
    private long pause;

    GrowingPause(LongSupplier ticker) {
        this.ticker = ticker;
    }

    boolean isOver() {
        return pause == 0 || ticker.getAsLong() - since >= pause;
    }

    void failed() {
        since = ticker.getAsLong();
        pause = pause == 0 ? FIRST_NANOS : Math.min(LONGEST_NANOS, 2 * pause);
    }

    void succeeded() {
        pause = 0;
    }
}
