package io.github.hubbleexport.filter;

import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;

/**
 * Whether a flow is a reply. Where that is not known the clause is false, except that a dropped flow counts as no
 * reply. Mirrors {@code pkg/hubble/filters/reply.go}.
 */
final class Replies extends Clause {

    private final NumberSet wanted;

    Replies(FieldScope scope) {
        wanted = NumberSet.of(scope.booleans());
    }

    @Override
    boolean test(ScannedEvent event) {
        boolean isKnown = event.has(Slots.IS_REPLY) || event.number(Slots.VERDICT) == Verdict.DROPPED_VALUE;
        return isKnown && wanted.contains(event.number(Slots.IS_REPLY_VALUE));
    }

    @Override
    void wants(BitSet slots) {
        slots.set(Slots.IS_REPLY);
        slots.set(Slots.IS_REPLY_VALUE);
        slots.set(Slots.VERDICT);
    }

    @Override
    Cost cost() {
        return Cost.NUMBER;
    }

    @Override
    public String toString() {
        return "is_reply in " + wanted;
    }
}
