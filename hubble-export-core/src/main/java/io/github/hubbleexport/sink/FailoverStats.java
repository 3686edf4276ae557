package io.github.hubbleexport.sink;

import java.util.Map;

/**
 * What a {@link FailoverSink} did so far. An immutable copy; its numbers were read one after the other.
 *
 * @param onSecondary whether lines go to the second sink now
 * @param failovers times it changed to the second sink
 * @param primaryLines lines that the first sink took
 * @param secondaryLines lines that the second sink took
 * @param primaryFailures times the first sink threw
 * @param secondaryFailures times the second sink threw
 * @param listenerFailures times the listener threw
 */
public record FailoverStats(
        boolean onSecondary,
        long failovers,
        long primaryLines,
        long secondaryLines,
        long primaryFailures,
        long secondaryFailures,
        long listenerFailures) {

    /** The numbers by their names. */
    Map<String, Long> figures() {
        return Map.of(
                "onSecondary", onSecondary ? 1L : 0L,
                "failovers", failovers,
                "primaryLines", primaryLines,
                "secondaryLines", secondaryLines,
                "primaryFailures", primaryFailures,
                "secondaryFailures", secondaryFailures,
                "listenerFailures", listenerFailures);
    }
}
