package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;

/**
 * One field of a filter, compiled: true for the events that one of the field's values selects. Immutable and shared by
 * all threads; {@link #toString()} tells people what is compared.
 */
abstract class Clause {

    /** How dear a test is, cheapest first: the clauses of a filter run in this order. */
    enum Cost {
        NUMBER,
        BYTES,
        ELEMENTS,
        LABELS,
        PATTERN,
        EXPRESSION
    }

    /** Whether the event passes. Reads only the slots of {@link #wants}. */
    abstract boolean test(ScannedEvent event);

    /** Adds the slots that {@link #test} reads. */
    abstract void wants(BitSet slots);

    abstract Cost cost();
}
