package io.github.hubbleexport.deliver;

import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.stats.LossReporter;
import org.jspecify.annotations.Nullable;

/**
 * A failure that is counted and still has to be told.
 *
 * @param events how many events were lost by it; 0 if lines were taken and something else failed
 */
record Loss(
        LossReason reason,
        long events,
        String message,
        @Nullable Throwable cause) {

    void tell(LossReporter losses) {
        if (events > 0) {
            losses.tell(reason, events, message, cause);
        } else {
            losses.trouble(message, cause);
        }
    }
}
