package io.github.hubbleexport.stats;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which a loss is told: it is counted, the host's listener hears of it, and the log gets at most one line
 * a minute for each reason. From any thread at once.
 */
public final class LossReporter {

    private static final long LOG_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String exporter;
    private final EventRecorder recorder;
    private final Health health;
    private final @Nullable ErrorListener listener;
    private final Logger log;
    private final LongSupplier nanoTime;
    private final Map<LossReason, LogGate> gates = new EnumMap<>(LossReason.class);
    private final LogGate troubleGate = new LogGate();

    /**
     * A reporter of one exporter.
     *
     * @param exporter its name
     * @param recorder what counts
     * @param health what keeps the last error
     * @param listener the host's listener, if it has one
     * @param log where lines go
     * @param nanoTime a clock that never goes back, such as {@link System#nanoTime}
     */
    public LossReporter(
            String exporter,
            EventRecorder recorder,
            Health health,
            @Nullable ErrorListener listener,
            Logger log,
            LongSupplier nanoTime) {
        this.exporter = exporter;
        this.recorder = recorder;
        this.health = health;
        this.listener = listener;
        this.log = log;
        this.nanoTime = nanoTime;
        for (LossReason reason : LossReason.values()) {
            gates.put(reason, new LogGate());
        }
    }

    /**
     * Counts lost events and tells of them; the exporter is as healthy as before.
     *
     * @param reason why they are lost
     * @param events how many
     * @param message what happened, for people
     * @param cause what was thrown, if anything was
     */
    public void lost(LossReason reason, long events, String message, @Nullable Throwable cause) {
        count(reason, events);
        health.noted(reason, message, cause);
        tell(reason, events, message, cause);
    }

    /** Counts lost events; whoever does so owes a {@link #tell} as soon as it holds no lock. */
    public void count(LossReason reason, long events) {
        recorder.lost(reason, events);
    }

    /** Tells listener and log of lost events that are counted already, as {@link #lost}. */
    public void tell(LossReason reason, long events, String message, @Nullable Throwable cause) {
        LogGate gate = gates.get(reason);
        if (gate != null) {
            log(gate, reason, events, message, cause);
        }
        if (listener != null) {
            tell(listener, new ExportError(exporter, reason, events, message, cause));
        }
    }

    /**
     * Tells the log, once a minute at most, of a fault by which no event is known to be lost.
     *
     * @param message what happened, for people
     * @param cause what was thrown, if anything was
     */
    public void trouble(String message, @Nullable Throwable cause) {
        long times = troubleGate.pass(1, nanoTime.getAsLong());
        if (times > 0) {
            log.log(Level.WARNING, exporter + ": " + message + " (" + times + " times)", cause);
        }
    }

    private void log(LogGate gate, LossReason reason, long events, String message, @Nullable Throwable cause) {
        long sinceLastLine = gate.pass(events, nanoTime.getAsLong());
        if (sinceLastLine > 0) {
            log.log(
                    Level.WARNING,
                    () -> exporter + ": lost " + sinceLastLine + " events (" + reason + "): " + message
                            + (cause == null ? "" : ": " + cause));
        }
    }

    private void tell(ErrorListener guarded, ExportError error) {
        try {
            guarded.onError(error);
        } catch (RuntimeException | Error e) {
            log.log(Level.WARNING, exporter + ": the error listener failed", e);
        }
    }

    /** Lets one line a minute pass and sums up what it held back. */
    private static final class LogGate {

        private long heldBack;
        private boolean opened;
        private long openedAt;

        /** The losses that the next line tells of; 0: no line now. */
        synchronized long pass(long events, long now) {
            heldBack += events;
            if (opened && now - openedAt < LOG_INTERVAL_NANOS) {
                return 0;
            }
            opened = true;
            openedAt = now;
            long sum = heldBack;
            heldBack = 0;
            return sum;
        }
    }
}
