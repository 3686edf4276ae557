package io.github.hubbleexport.sink;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of the lines of one branch. Read by any thread. */
final class BranchCounters {

    private final AtomicLong offered = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile @Nullable Throwable lastFailure;

    void offered(long lines) {
        offered.getAndAdd(lines);
    }

    /** What became of lines that were offered to the sink itself; returns how many it did not take. */
    int settled(int lines, @Nullable Offer offer) {
        int missing = offer == null ? 0 : offer.missing().cardinality();
        written.getAndAdd(lines - missing);
        lost(missing);
        if (offer != null) {
            failed(offer.failure());
        }
        return missing;
    }

    void lost(long lines) {
        lost.getAndAdd(lines);
    }

    void failed(Throwable cause) {
        lastFailure = cause;
        failures.getAndIncrement();
    }

    /** Lines offered of which nothing else is known yet are queued. */
    BranchStats snapshot() {
        long out = written.get();
        long gone = lost.get();
        long in = offered.get(); // last, so that the difference is not negative
        return new BranchStats(in, out, gone, in - out - gone, failures.get(), lastFailure);
    }
}
