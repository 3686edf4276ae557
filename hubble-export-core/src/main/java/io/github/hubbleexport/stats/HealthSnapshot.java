package io.github.hubbleexport.stats;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * How an exporter was at one moment. Immutable.
 *
 * @param state its state
 * @param degradedSince since when, if it is degraded
 * @param lastError the last thing that went wrong, if anything did
 * @param lastSuccess when the sink last took a whole batch, if it ever did
 */
public record HealthSnapshot(
        ExporterState state,
        Optional<Instant> degradedSince,
        Optional<LastError> lastError,
        Optional<Instant> lastSuccess) {

    /** Checks that nothing is missing. */
    public HealthSnapshot {
        requireNonNull(state, "state");
        requireNonNull(degradedSince, "degradedSince");
        requireNonNull(lastError, "lastError");
        requireNonNull(lastSuccess, "lastSuccess");
    }
}
