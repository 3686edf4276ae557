package io.github.hubbleexport.agent;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Counts the events that cannot be read, and tells of them one by one, but only of so many within a while. One thread
 * complains; any thread may ask.
 */
final class Complaints {

    /** How many events that cannot be read are told of one by one: {@value}. */
    static final int EACH = 10;

    private final Consumer<String> teller;
    private final LongSupplier nanos;
    private final long whileNanos;
    private long began;
    private long within;
    private final AtomicLong count = new AtomicLong();
    private volatile String last = "";

    /** @param whileNanos how long it is until events are told of one by one again */
    Complaints(Consumer<String> teller, LongSupplier nanos, long whileNanos) {
        this.teller = teller;
        this.nanos = nanos;
        this.whileNanos = whileNanos;
        began = nanos.getAsLong();
    }

    void about(UnreadableEventException event) {
        last = String.valueOf(event.getMessage());
        count.incrementAndGet();
        beginAnew();
        within++;
        if (within <= EACH) {
            teller.accept(last);
        }
        if (within == EACH) {
            teller.accept("further events that cannot be read are only counted");
        }
    }

    private void beginAnew() {
        long now = nanos.getAsLong();
        if (now - began < whileNanos) {
            return;
        }
        if (within > EACH) {
            teller.accept(Numbers.counted(within - EACH, "further event") + " could not be read");
        }
        began = now;
        within = 0;
    }

    /** How many there were. */
    long count() {
        return count.get();
    }

    /** What the last one was about; empty: there was none. */
    String last() {
        return last;
    }
}
