package io.github.hubbleexport;

/** Places for threads, so that each has one nearly to itself, whose memory stays in its core. */
final class Stripes {

    private Stripes() {}

    /** How many places so many threads should have: a power of two. */
    static int count(int threads) {
        return Integer.highestOneBit(Math.max(1, 4 * threads - 1));
    }

    /** Where this thread begins to look; its lowest bits tell one of any number of places that is a power of two. */
    static int start() {
        return (int) Thread.currentThread().getId();
    }
}
