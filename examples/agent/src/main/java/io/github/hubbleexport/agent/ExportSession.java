package io.github.hubbleexport.agent;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.stats.ExporterCounters;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One exporter until its end, which comes once, by whatever is first: the end of the events, or the end of the process
 * by a signal. What was exported until then is in the file, in whole lines, and the farewell has been said.
 *
 * <p>From any thread at once: a signal is handled by a thread of its own.
 */
final class ExportSession implements AutoCloseable {

    private static final long SHUTDOWN_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final FlowExporter exporter;
    private final EventTarget target;
    private final Consumer<ExporterCounters> farewell;
    private final Thread hook = new Thread(this::finishInTime, "hubble-export-agent shutdown");
    private boolean finished;

    /**
     * @param exporter closed at the end
     * @param farewell gets the last counters, after the exporter was closed
     */
    ExportSession(FlowExporter exporter, Consumer<ExporterCounters> farewell) {
        this.exporter = exporter;
        this.target = EventTarget.of(exporter);
        this.farewell = farewell;
    }

    /** Makes sure that a signal finishes this session too. */
    void finishOnSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Exports one event.
     *
     * @param event hands it to the target
     * @return what became of it, or null if this session is finished
     */
    synchronized @Nullable ExportOutcome offer(Function<EventTarget, ExportOutcome> event) {
        return finished ? null : event.apply(target);
    }

    /** What happened so far. */
    ExporterCounters counters() {
        return exporter.counters();
    }

    /** Closes the exporter and says farewell, unless that was done. */
    synchronized void finish() {
        if (!finished) {
            finished = true;
            exporter.close();
            farewell.accept(exporter.counters());
        }
    }

    /** As {@link #finish}, for the thread that began. */
    @Override
    public void close() {
        finish();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is ending, and the hook has nothing left to do
        }
    }

    /** A reader of our output that is stuck must not keep the process from ending. */
    private void finishInTime() {
        Thread finisher = new Thread(this::finish, "hubble-export-agent finish");
        finisher.setDaemon(true);
        finisher.start();
        try {
            finisher.join(SHUTDOWN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
