package io.github.hubbleexport;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.stats.LossReason;
import org.jspecify.annotations.Nullable;

/**
 * Says that an event is not safely at its destination, where {@linkplain Delivery#strict delivery is strict}. The event is
 * counted and told to the listeners as without strict delivery; handing it in again makes it a new event.
 */
public final class StrictDeliveryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final LossReason reason;
    private final boolean taken;

    StrictDeliveryException(
            String exporter, LossReason reason, boolean taken, @Nullable String message, @Nullable Throwable cause) {
        super(exporter + ": an event is not down (" + reason + "): " + message, cause);
        this.reason = requireNonNull(reason, "reason");
        this.taken = taken;
    }

    /** Why. */
    public LossReason reason() {
        return reason;
    }

    /**
     * Whether the sink took the event all the same, and what failed is to make it safe: a flush, an fsync, or a later line of
     * the same batch. The event then counts as written, and another try would write it twice.
     */
    public boolean taken() {
        return taken;
    }
}
