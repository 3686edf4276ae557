package io.github.hubbleexport.stats;

/** Why an event that should have been exported was not. */
public enum LossReason {
    /** Its bytes are not those of an event; Go refuses them too. */
    UNDECODABLE,
    /** A value in it has no form in the output, such as a time before the year 1; Go refuses it too. */
    UNENCODABLE,
    /** A hook threw an exception. */
    HOOK_FAILED,
    /** The queue was full: it was not let in, not let in within the limit, or had to make room for a newer one. */
    QUEUE_FULL,
    /** The sink did not take it. */
    WRITE_FAILED,
    /**
     * It waited, or was at the sink, when the deadline of {@code close} passed. A sink that goes on after all may have
     * brought it to its destination later.
     */
    CLOSE_TIMEOUT,
    /** It came after the exporter was closed. */
    CLOSED,
    /** A fault in this library. The event is counted and the next one goes on. */
    INTERNAL_ERROR
}
