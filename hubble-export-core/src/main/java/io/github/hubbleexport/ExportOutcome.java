package io.github.hubbleexport;

/** What became of an event that was handed to {@link FlowExporter#export}. */
public enum ExportOutcome {
    /** The sink has taken it. */
    WRITTEN,
    /**
     * Encoded, and waiting in a batch or a queue. Whether the sink takes it shows in {@link FlowExporter#counters}, after
     * {@link FlowExporter#flush} at the latest.
     */
    BUFFERED,
    /** The filters do not let it through. */
    FILTERED,
    /** A hook stopped it. */
    STOPPED,
    /** It should have been exported and was not; counted by reason. */
    LOST
}
