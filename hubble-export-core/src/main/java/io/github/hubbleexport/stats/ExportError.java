package io.github.hubbleexport.stats;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A loss, as an {@link ErrorListener} hears of it. Immutable.
 *
 * @param exporter the name of the exporter
 * @param reason why events were lost
 * @param events how many, at least 1
 * @param message what happened, for people
 * @param cause what was thrown, if anything was
 */
public record ExportError(
        String exporter,
        LossReason reason,
        long events,
        String message,
        @Nullable Throwable cause) {

    /** Checks that nothing is missing. */
    public ExportError {
        requireNonNull(exporter, "exporter");
        requireNonNull(reason, "reason");
        requireNonNull(message, "message");
    }
}
