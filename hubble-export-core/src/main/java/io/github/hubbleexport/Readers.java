package io.github.hubbleexport;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the threads that are using something, spread over many places so that they do not wait for each other. Who has
 * made sure that newcomers do not stay can wait for the others with {@link #isQuiet}.
 */
final class Readers {

    /** Two cache lines apart, because processors fetch them in pairs. */
    private static final int LONGS_APART = 16;

    private final AtomicLongArray inside;
    private final int mask;

    Readers(int threads) {
        int places = Stripes.count(threads);
        this.inside = new AtomicLongArray(places * LONGS_APART);
        this.mask = places - 1;
    }

    /** Comes in; what it returns is to be given to {@link #leave}. */
    int enter() {
        int place = (Stripes.start() & mask) * LONGS_APART;
        inside.getAndIncrement(place);
        return place;
    }

    void leave(int place) {
        inside.getAndDecrement(place);
    }

    /**
     * Whether nobody is inside that was there when this was called. A thread leaves where it entered, so each place may
     * be looked at on its own: once it was seen empty, only newcomers can be in it.
     */
    boolean isQuiet() {
        for (int place = 0; place <= mask; place++) {
            if (inside.get(place * LONGS_APART) != 0) {
                return false;
            }
        }
        return true;
    }
}
