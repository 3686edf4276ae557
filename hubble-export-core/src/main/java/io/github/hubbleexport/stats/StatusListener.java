package io.github.hubbleexport.stats;

/**
 * Hears of every change of state of an exporter, one after the other in their order, on any thread that exports or writes;
 * it should return soon. What it throws is logged and changes nothing else.
 */
@FunctionalInterface
public interface StatusListener {

    /**
     * Called after the state changed, never by two threads at once. No lock is held: it may call the exporter.
     *
     * @param change from what to what, and why
     */
    void onStateChange(StateChange change);
}
