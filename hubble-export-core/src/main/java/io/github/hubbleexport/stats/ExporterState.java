package io.github.hubbleexport.stats;

/** How an exporter is. */
public enum ExporterState {
    /** Nothing was lost in delivery since the last batch that the sink took whole. */
    HEALTHY,
    /**
     * The sink failed, or the queue lost events. It ends with the next batch that the sink takes whole; where a queue lost
     * events, with the next one before which it lost none, or after which nothing waits in it.
     */
    DEGRADED,
    /** Closed: every further event is lost. */
    CLOSED
}
