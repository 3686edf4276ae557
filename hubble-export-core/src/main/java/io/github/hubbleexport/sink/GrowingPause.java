package io.github.hubbleexport.sink;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Pauses between attempts, each twice as long as the last. Nobody sleeps here. */
final class GrowingPause {

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

    boolean isOver() {
        return pause == 0 || ticker.getAsLong() - since >= pause;
    }

    void failed() {
        since = ticker.getAsLong();
        pause = pause == 0 ? first : Math.min(longest, 2 * pause);
    }

    void succeeded() {
        pause = 0;
    }
}
