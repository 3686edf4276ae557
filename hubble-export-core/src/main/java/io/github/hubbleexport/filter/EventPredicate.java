package io.github.hubbleexport.filter;

import io.github.hubbleexport.proto.observer.ExportEvent;

/**
 * A filter written in Java. It stands in an allow list or a deny list beside filters that were compiled from
 * {@code FlowFilter} messages, see {@link FlowFiltersBuilder#allowIf} and {@link FlowFiltersBuilder#denyIf}.
 *
 * <p>Called by every thread that exports, at the same time, with no lock held; must be thread-safe and fast. It is asked
 * only about events that the compiled filters before it leave undecided, and only these are parsed into a message, once
 * for all predicates.
 *
 * <p>Upstream has such filters as Go functions, {@code FilterFunc} of {@code pkg/hubble/filters}.
 */
@FunctionalInterface
public interface EventPredicate {

    /**
     * Whether the filter matches. What it throws costs the event: the exporter counts it as lost to
     * {@link io.github.hubbleexport.stats.LossReason#INTERNAL_ERROR} and tells its error listener.
     *
     * @param event the event; a bare flow comes with its own time and node name as those of the event
     * @return whether it matches
     */
    boolean test(ExportEvent event);
}
