package io.github.hubbleexport.deliver;

import io.github.hubbleexport.stats.LossReason;
import org.jspecify.annotations.Nullable;

/** Says that a record is not down, where delivery is strict. It is counted and told already. */
public final class StrictFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final LossReason reason;
    private final boolean taken;

    StrictFailure(LossReason reason, boolean taken, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.taken = taken;
    }

    /** Why. */
    public LossReason reason() {
        return reason;
    }

    /** Whether the sink took the record and could not say that it is safe. */
    public boolean taken() {
        return taken;
    }
}
