package io.github.hubbleexport.sink;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Writes at most one log line a minute about one kind of trouble, and tells in it how often it came since the line before.
 * For trouble that no exception tells of. From any thread at once.
 */
final class TroubleLog {

    static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Logger log;
    private final LongSupplier ticker;
    private long untold;
    private boolean hasTold;
    private long toldAt;

    TroubleLog(Logger log, LongSupplier ticker) {
        this.log = log;
        this.ticker = ticker;
    }

    void add(String what, Throwable cause) {
        long times = pass(ticker.getAsLong());
        if (times > 0) {
            log.log(Level.WARNING, what + " (" + times + " times): " + cause);
        }
    }

    /** How often it came since the last line, if there is to be one now; else 0. */
    private synchronized long pass(long now) {
        untold++;
        if (hasTold && now - toldAt < INTERVAL_NANOS) {
            return 0;
        }
        hasTold = true;
        toldAt = now;
        long times = untold;
        untold = 0;
        return times;
    }
}
