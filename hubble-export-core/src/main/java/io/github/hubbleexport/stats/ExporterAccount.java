package io.github.hubbleexport.stats;

import java.lang.System.Logger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is kept about one exporter. From any thread at once.
 *
 * @param exporter its name
 * @param events what became of events
 * @param losses how losses are told
 * @param health its state
 * @param latency how long the sink takes
 */
public record ExporterAccount(
        String exporter, EventRecorder events, LossReporter losses, Health health, LatencyRecorder latency) {

    /**
     * An account that begins at zero.
     *
     * @param exporter the name of the exporter
     * @param errors the host's listener to losses, if it has one
     * @param states the host's listener to changes of state, if it has one
     * @param log where lines go
     * @param nanoTime a clock that never goes back, such as {@link System#nanoTime}
     * @param millis the time, such as {@link System#currentTimeMillis}
     */
    public static ExporterAccount open(
            String exporter,
            @Nullable ErrorListener errors,
            @Nullable StatusListener states,
            Logger log,
            LongSupplier nanoTime,
            LongSupplier millis) {
        EventRecorder events = new EventRecorder();
        Health health = new Health(exporter, states, log, millis);
        LossReporter losses = new LossReporter(exporter, events, health, errors, log, nanoTime);
        return new ExporterAccount(exporter, events, losses, health, new LatencyRecorder());
    }
}
