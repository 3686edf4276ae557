package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;
import java.util.List;

/** A text that is exactly one of several; an absent one counts as empty. */
final class TextClause extends Clause {

    private final int slot;
    private final boolean onlyFlows;
    private final ByteSet wanted;

    /**
     * A clause.
     *
     * @param onlyFlows whether it is false for events that are not flows, even if an empty text is wanted
     */
    TextClause(int slot, boolean onlyFlows, List<String> wanted) {
        this.slot = slot;
        this.onlyFlows = onlyFlows;
        this.wanted = ByteSet.of(wanted);
    }

    @Override
    boolean test(ScannedEvent event) {
        return (!onlyFlows || event.has(Slots.FLOW))
                && wanted.contains(event.bytes(), event.offset(slot), event.length(slot));
    }

    @Override
    void wants(BitSet slots) {
        slots.set(slot);
        slots.set(Slots.FLOW);
    }

    @Override
    Cost cost() {
        return Cost.BYTES;
    }

    @Override
    public String toString() {
        return Slots.name(slot) + " in " + wanted;
    }
}
