package io.github.hubbleexport.bench;

import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.flow.Verdict;
import java.util.List;

/** What an exporter is asked to do with every event: to write it in full, or to reject it by one filter or many. */
public enum Rejection {
    /** No filters: every event is written with all of its fields. */
    NONE,
    /** A verdict that no event has. */
    VERDICT,
    /** A pod that no event has. */
    POD,
    /** A thousand pods that no event has. */
    THOUSAND_PODS,
    /** A thousand networks that no event has. */
    THOUSAND_CIDRS,
    /** A thousand labels that no event has. */
    THOUSAND_LABELS;

    FlowFilters filters() {
        return FlowFilters.of(allow(), List.of());
    }

    private List<FlowFilter> allow() {
        return switch (this) {
            case NONE -> List.of();
            case VERDICT ->
                List.of(FlowFilter.newBuilder()
                        .addVerdict(Verdict.VERDICT_UNKNOWN)
                        .build());
            case POD -> FilterFamily.POD.filters(1, false);
            case THOUSAND_PODS -> FilterFamily.POD.filters(1000, false);
            case THOUSAND_CIDRS -> FilterFamily.CIDR.filters(1000, false);
            case THOUSAND_LABELS -> FilterFamily.LABEL.filters(1000, false);
        };
    }

    /** Whether every event is to be rejected. */
    boolean rejects() {
        return this != NONE;
    }
}
