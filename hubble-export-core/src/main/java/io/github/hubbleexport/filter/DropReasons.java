package io.github.hubbleexport.filter;

import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;

/** Why a flow was dropped; false for flows that were not. Mirrors {@code pkg/hubble/filters/drop_reason_desc.go}. */
final class DropReasons extends Clause {

    private final NumberSet wanted;

    DropReasons(FieldScope scope) {
        wanted = NumberSet.of(scope.enums());
    }

    @Override
    boolean test(ScannedEvent event) {
        return event.number(Slots.VERDICT) == Verdict.DROPPED_VALUE && wanted.contains(event.number(Slots.DROP_REASON));
    }

    @Override
    void wants(BitSet slots) {
        slots.set(Slots.VERDICT);
        slots.set(Slots.DROP_REASON);
    }

    @Override
    Cost cost() {
        return Cost.NUMBER;
    }

    @Override
    public String toString() {
        return "drop_reason_desc in " + wanted;
    }
}
