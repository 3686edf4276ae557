package io.github.hubbleexport.stats;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The last thing that went wrong in an exporter. Immutable.
 *
 * @param at when, to the millisecond
 * @param reason why events were lost, if any are known to be
 * @param what what happened, for people
 */
public record LastError(Instant at, Optional<LossReason> reason, String what) {

    /** Checks that nothing is missing. */
    public LastError {
        requireNonNull(at, "at");
        requireNonNull(reason, "reason");
        requireNonNull(what, "what");
    }
}
