package io.github.hubbleexport;

/**
 * Whether an event is scanned once, for filters and encoder together, or first for the filters alone: the one is cheaper
 * where most events pass, the other where few do. Goes by how many of the last events passed. For one thread at a time.
 */
final class ScanChoice {

    /** After so many events the choice is made anew. */
    static final int WINDOW = 64;

    private boolean once;
    private int events;
    private int passed;

    /** Whether to scan once. At first it is not known what passes. */
    boolean once() {
        return once;
    }

    /** Takes note of what the filters decided about an event. */
    void filtered(boolean passes) {
        passed += passes ? 1 : 0;
        events++;
        if (events == WINDOW) {
            once = passed > WINDOW / 2;
            events = 0;
            passed = 0;
        }
    }
}
