package io.github.hubbleexport.sink;

/**
 * Is told when a {@link FailoverSink} changes from one sink to the other. Called by the writing thread, and should return
 * soon; what it throws is counted and otherwise ignored. Every method does nothing unless overridden.
 */
public interface FailoverListener {

    /** Lines go to the second sink from now on, because of what the first one threw. */
    default void failedOver(Throwable cause) {}

    /** Lines go to the first sink again. */
    default void failedBack() {}
}
