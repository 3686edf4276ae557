package io.github.hubbleexport.filter;

import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** One filter, compiled: all of its clauses have to hold, and they run from cheap to dear. Immutable. */
final class FilterProgram implements EventTest {

    private final FlowFilter filter;
    private final Clause[] clauses;

    FilterProgram(FlowFilter filter, List<Clause> clauses) {
        this.filter = filter;
        this.clauses =
                clauses.stream().sorted(Comparator.comparing(Clause::cost)).toArray(Clause[]::new);
    }

    FlowFilter filter() {
        return filter;
    }

    /** How dear the last clause is; {@code NUMBER} without clauses. */
    Clause.Cost cost() {
        return clauses.length == 0 ? Clause.Cost.NUMBER : clauses[clauses.length - 1].cost();
    }

    @Override
    public boolean test(ScannedEvent event) {
        for (Clause clause : clauses) {
            if (!clause.test(event)) {
                return false;
            }
        }
        return true;
    }

    void wants(BitSet slots) {
        for (Clause clause : clauses) {
            clause.wants(slots);
        }
    }

    /** The clauses in the order in which they run. */
    @Override
    public String toString() {
        return List.of(clauses).toString();
    }
}
