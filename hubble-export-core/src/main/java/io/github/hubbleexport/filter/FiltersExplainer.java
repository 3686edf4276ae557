package io.github.hubbleexport.filter;

import io.github.hubbleexport.filter.Explanation.FilterResult;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;
import java.util.List;

/** Both lists, asked one filter after the other. Immutable; made only when somebody asks for an explanation. */
final class FiltersExplainer {

    private final ListExplainer allow;
    private final ListExplainer deny;
    private final ScanPlan plan;

    FiltersExplainer(ListExplainer allow, ListExplainer deny) {
        this.allow = allow;
        this.deny = deny;
        BitSet wanted = new BitSet();
        allow.wants(wanted);
        deny.wants(wanted);
        plan = ScanPlan.of(wanted);
    }

    Explanation explain(ExportEvent event) {
        ScannedEvent scanned = Messages.scan(event, plan);
        List<FilterResult> allowed = allow.explain(scanned, event);
        List<FilterResult> denied = deny.explain(scanned, event);
        boolean passes = (allowed.isEmpty() || allowed.stream().anyMatch(FilterResult::matched))
                && denied.stream().noneMatch(FilterResult::matched);
        return new Explanation(EventValues.kind(event), passes, allowed, denied);
    }
}
