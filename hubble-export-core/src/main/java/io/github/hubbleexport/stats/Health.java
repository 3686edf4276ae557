package io.github.hubbleexport.stats;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of one exporter. From any thread; nothing is allocated unless the state changes. Changes are noted where they
 * happen, also while locks are held, and told by {@link #tell} where none is.
 */
public final class Health {

    private final String exporter;
    private final @Nullable StatusListener listener;
    private final Logger log;
    private final LongSupplier millis;

    private final Queue<StateChange> untold = new ArrayDeque<>();
    private boolean telling;

    private ExporterState state = ExporterState.HEALTHY;
    private long degradedSince;
    private long lastSuccess = Long.MIN_VALUE;
    private long lastErrorAt;
    private @Nullable LossReason lastReason;
    private @Nullable String lastMessage;
    private @Nullable Throwable lastCause;

    /**
     * The health of an exporter that begins healthy.
     *
     * @param exporter its name
     * @param listener who hears of changes, if anybody does
     * @param log where failures of the listener go
     * @param millis the time, in milliseconds since 1970
     */
    public Health(String exporter, @Nullable StatusListener listener, Logger log, LongSupplier millis) {
        this.exporter = exporter;
        this.listener = listener;
        this.log = log;
        this.millis = millis;
    }

    /**
     * The sink took a batch whole.
     *
     * @param settled whether that ends being degraded
     */
    public synchronized void succeeded(boolean settled) {
        lastSuccess = millis.getAsLong();
        if (settled && state == ExporterState.DEGRADED) {
            become(ExporterState.HEALTHY, lastSuccess);
        }
    }

    /** Delivery failed: as {@link #noted}, and the exporter is degraded from here on. */
    public synchronized void failed(@Nullable LossReason reason, String message, @Nullable Throwable cause) {
        noted(reason, message, cause);
        if (state == ExporterState.HEALTHY) {
            degradedSince = lastErrorAt;
            become(ExporterState.DEGRADED, lastErrorAt);
        }
    }

    /** Something went wrong that says nothing about the delivery. */
    public synchronized void noted(@Nullable LossReason reason, String message, @Nullable Throwable cause) {
        lastErrorAt = millis.getAsLong();
        lastReason = reason;
        lastMessage = message;
        lastCause = cause;
    }

    /** The exporter is closed, which it stays. */
    public synchronized void closed() {
        if (state != ExporterState.CLOSED) {
            become(ExporterState.CLOSED, millis.getAsLong());
        }
    }

    /** Tells the listener what it has not heard yet. For callers without locks. */
    public void tell() {
        StateChange change = next(false);
        while (change != null) {
            tell(change);
            change = next(true);
        }
    }

    /** How it is. */
    public synchronized HealthSnapshot snapshot() {
        return new HealthSnapshot(
                state,
                state == ExporterState.DEGRADED ? Optional.of(Instant.ofEpochMilli(degradedSince)) : Optional.empty(),
                lastError(),
                lastSuccess == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(lastSuccess)));
    }

    private void become(ExporterState next, long now) {
        if (listener != null) {
            untold.add(new StateChange(exporter, state, next, Instant.ofEpochMilli(now), lastError()));
        }
        state = next;
    }

    private Optional<LastError> lastError() {
        if (lastMessage == null) {
            return Optional.empty();
        }
        String what = lastCause == null ? lastMessage : lastMessage + ": " + lastCause;
        return Optional.of(new LastError(Instant.ofEpochMilli(lastErrorAt), Optional.ofNullable(lastReason), what));
    }

    /** The next change to tell. Whoever finds one goes on until there is none: so they are told one after the other. */
    private synchronized @Nullable StateChange next(boolean mine) {
        if (telling && !mine) {
            return null;
        }
        StateChange change = untold.poll();
        telling = change != null;
        return change;
    }

    private void tell(StateChange change) {
        if (listener == null) {
            return;
        }
        try {
            listener.onStateChange(change);
        } catch (RuntimeException | Error e) {
            log.log(Level.WARNING, exporter + ": the status listener failed", e);
        }
    }
}
