package io.github.hubbleexport.agent;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Lets things happen at a steady rate. A delay is made up for, so that the rate holds over the whole. One thread. */
final class Pacer {

    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long rate;
    private final LongSupplier nanos;
    private final LongConsumer pause;
    private final long started;
    private long passed;

    /** @param rate how often a second; 0 for as often as possible */
    Pacer(long rate, LongSupplier nanos, LongConsumer pause) {
        this.rate = rate;
        this.nanos = nanos;
        this.pause = pause;
        started = nanos.getAsLong();
    }

    /** Waits until it is time for the next one. */
    void await() {
        if (rate == 0) {
            return;
        }
        long due = (long) (passed++ * NANOS_A_SECOND / rate);
        long wait = due - (nanos.getAsLong() - started);
        while (wait > 0) {
            pause.accept(wait);
            wait = due - (nanos.getAsLong() - started);
        }
    }
}
