package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;
import java.util.List;

/** A number, an enum or a boolean that is one of several; an absent one counts as 0. */
final class NumberClause extends Clause {

    /** For {@link #required}: the clause holds whatever else the event has. */
    private static final int NOTHING = -1;

    private final int slot;
    private final int required;
    private final NumberSet wanted;

    private NumberClause(int slot, int required, NumberSet wanted) {
        this.slot = slot;
        this.required = required;
        this.wanted = wanted;
    }

    /** False for events that are not flows. */
    static NumberClause ofFlow(int slot, List<? extends Number> wanted) {
        return within(Slots.FLOW, slot, wanted);
    }

    /** False for events without the message in another slot. */
    static NumberClause within(int message, int slot, List<? extends Number> wanted) {
        return new NumberClause(slot, message, NumberSet.of(wanted));
    }

    /** Holds for events of any kind. */
    static NumberClause ofAnyEvent(int slot, List<? extends Number> wanted) {
        return new NumberClause(slot, NOTHING, NumberSet.of(wanted));
    }

    @Override
    boolean test(ScannedEvent event) {
        return (required == NOTHING || event.has(required)) && wanted.contains(event.number(slot));
    }

    @Override
    void wants(BitSet slots) {
        slots.set(slot);
        if (required != NOTHING) {
            slots.set(required);
        }
    }

    @Override
    Cost cost() {
        return Cost.NUMBER;
    }

    @Override
    public String toString() {
        return Slots.name(slot) + " in " + wanted;
    }
}
