package io.github.hubbleexport;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Scratch for as many threads as export at once, virtual ones too: a thread takes what lies in a place and puts it back.
 * Without locks, and without allocation once there is one for each thread at work.
 *
 * <p>Scratch keeps its place, of which a number says whether it is out. So nobody else can take the place, and putting it back
 * is an ordinary write instead of a second atomic exchange.
 */
final class ScratchPool<S extends EventScratch> {

    private static final int FREE = 0;
    private static final int OUT = 1;
    private static final int NO_PLACE = -1;

    /** The numbers of two places are so far apart that a core which writes one does not take the other from its neighbour. */
    private static final int APART = 128 / Integer.BYTES;

    private final AtomicIntegerArray states;

    /** Written once, by the thread that has the place. */
    private final AtomicReferenceArray<S> places;

    private final int mask;
    private final Supplier<S> make;

    ScratchPool(int threads, Supplier<S> make) {
        int size = Stripes.count(threads);
        this.states = new AtomicIntegerArray(size * APART);
        this.places = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
        this.make = make;
    }

    S take() {
        int start = Stripes.start();
        for (int i = 0; i <= mask; i++) {
            int place = start + i & mask;
            S scratch = places.getOpaque(place);
            if (scratch != null && take(place)) {
                return scratch;
            }
        }
        return makeFor(start);
    }

    private boolean take(int place) {
        int state = place * APART;
        return states.getOpaque(state) == FREE && states.compareAndSet(state, FREE, OUT);
    }

    /** Puts scratch back; what was made when every place was taken is left to the garbage collector. */
    void giveBack(S scratch) {
        if (scratch.place != NO_PLACE) {
            states.setRelease(scratch.place * APART, FREE);
        }
    }

    private S makeFor(int start) {
        S made = make.get();
        made.place = NO_PLACE;
        for (int i = 0; i <= mask; i++) {
            int place = start + i & mask;
            if (places.getOpaque(place) == null && take(place)) {
                return fill(place, made);
            }
        }
        return made;
    }

    /** What another thread has put into the place before it was taken stays there. */
    private S fill(int place, S made) {
        S earlier = places.getPlain(place);
        if (earlier != null) {
            return earlier;
        }
        made.place = place;
        places.setRelease(place, made);
        return made;
    }
}
