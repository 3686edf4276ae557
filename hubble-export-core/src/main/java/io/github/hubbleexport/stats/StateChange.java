package io.github.hubbleexport.stats;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * An exporter is in another state than before. Immutable.
 *
 * @param exporter the name of the exporter
 * @param from how it was
 * @param to how it is now, never the same
 * @param at when it changed, to the millisecond
 * @param lastError the last error at that moment, which is the reason if it became degraded
 */
public record StateChange(
        String exporter, ExporterState from, ExporterState to, Instant at, Optional<LastError> lastError) {

    /** Checks that nothing is missing. */
    public StateChange {
        requireNonNull(exporter, "exporter");
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        requireNonNull(at, "at");
        requireNonNull(lastError, "lastError");
    }
}
