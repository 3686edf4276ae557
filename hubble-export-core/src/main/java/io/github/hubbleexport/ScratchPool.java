package io.github.hubbleexport;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Scratch for as many threads as export at once, virtual ones too: a thread takes what lies there and puts it back.
 * Without locks, and without allocation once there is one for each thread at work.
 */
final class ScratchPool<S> {

    private final AtomicReferenceArray<S> places;
    private final int mask;
    private final Supplier<S> make;

    ScratchPool(int threads, Supplier<S> make) {
        int size = Integer.highestOneBit(Math.max(1, 4 * threads - 1));
        this.places = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
        this.make = make;
    }

    S take() {
        int start = start();
        for (int i = 0; i <= mask; i++) {
            S scratch = places.getAndSet(start + i & mask, null);
            if (scratch != null) {
                return scratch;
            }
        }
        return make.get();
    }

    /** Puts scratch back; when every place is taken, it is left to the garbage collector. */
    void giveBack(S scratch) {
        int start = start();
        for (int i = 0; i <= mask; i++) {
            if (places.compareAndSet(start + i & mask, null, scratch)) {
                return;
            }
        }
    }

    /** Where a thread begins to look: most threads have a place to themselves, whose memory stays in their core. */
    private static int start() {
        return (int) Thread.currentThread().getId();
    }
}
