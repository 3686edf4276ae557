package io.github.hubbleexport;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Scratch for as many threads as export at once, virtual ones too: a thread takes what lies there and puts it back.
 * Without locks, and without allocation once there is one for each thread at work.
 *
 * <p>Scratch has a place of its own, which is marked while it is out. So nobody else can take the place, and putting it back
 * is an ordinary write instead of a second atomic exchange.
 */
final class ScratchPool<S extends EventScratch> {

    private static final Object OUT = new Object();
    private static final int NO_PLACE = -1;

    /** Null, {@link #OUT}, or what lies there. */
    private final AtomicReferenceArray<Object> places;

    private final int mask;
    private final Class<S> type;
    private final Supplier<S> make;

    ScratchPool(int threads, Class<S> type, Supplier<S> make) {
        int size = Stripes.count(threads);
        this.places = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
        this.type = type;
        this.make = make;
    }

    S take() {
        int start = Stripes.start();
        for (int i = 0; i <= mask; i++) {
            int place = start + i & mask;
            Object scratch = places.getOpaque(place);
            if (scratch != null && scratch != OUT && places.compareAndSet(place, scratch, OUT)) {
                return type.cast(scratch);
            }
        }
        return makeFor(start);
    }

    /** Puts scratch back; what was made when every place was taken is left to the garbage collector. */
    void giveBack(S scratch) {
        if (scratch.place != NO_PLACE) {
            places.setRelease(scratch.place, scratch);
        }
    }

    private S makeFor(int start) {
        S made = make.get();
        made.place = NO_PLACE;
        for (int i = 0; i <= mask; i++) {
            int place = start + i & mask;
            if (places.compareAndSet(place, null, OUT)) {
                made.place = place;
                return made;
            }
        }
        return made;
    }
}
