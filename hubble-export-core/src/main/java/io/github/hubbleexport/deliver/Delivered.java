package io.github.hubbleexport.deliver;

/** What became of a record that was handed over. */
public enum Delivered {
    /** The sink has it. */
    WRITTEN,
    /** It waits in a batch, or went out with another thread's batch: it is counted when the sink has answered. */
    BUFFERED,
    /** The sink did not take it; that is counted. */
    LOST,
    /** The delivery is closed; nothing is counted. */
    REFUSED
}
