package io.github.hubbleexport.filter;

import io.github.hubbleexport.filter.Explanation.FilterResult;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A list of filters, and of predicates behind them, that is asked one by one. Immutable. */
final class ListExplainer {

    private final String name;
    private final List<FilterExplainer> filters = new ArrayList<>();
    private final List<NamedPredicate> predicates;

    ListExplainer(String name, List<FlowFilter> filters, List<NamedPredicate> predicates) {
        this.name = name;
        this.predicates = predicates;
        filters.forEach(filter -> this.filters.add(FilterExplainer.of(filter, path(this.filters.size()))));
    }

    private String path(int index) {
        return name + "[" + index + "]";
    }

    void wants(BitSet slots) {
        filters.forEach(filter -> filter.wants(slots));
    }

    List<FilterResult> explain(ScannedEvent scanned, ExportEvent event) {
        List<FilterResult> results = new ArrayList<>();
        filters.forEach(filter -> results.add(filter.explain(scanned, event)));
        for (NamedPredicate one : predicates) {
            boolean matched = one.predicate().test(event);
            results.add(new FilterResult(path(results.size()), one.name(), true, matched, null));
        }
        return results;
    }
}
