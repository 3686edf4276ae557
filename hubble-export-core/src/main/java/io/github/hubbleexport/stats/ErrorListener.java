package io.github.hubbleexport.stats;

/**
 * Hears of every loss, on the thread on which it happened, possibly on several at once; it should return soon. What it
 * throws is logged and changes nothing else.
 */
@FunctionalInterface
public interface ErrorListener {

    /**
     * Called after events were lost and counted.
     *
     * @param error what happened
     */
    void onError(ExportError error);
}
