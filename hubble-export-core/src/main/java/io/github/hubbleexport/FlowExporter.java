package io.github.hubbleexport;

import io.github.hubbleexport.deliver.Depth;
import io.github.hubbleexport.deliver.RecordDelivery;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.ExporterAccount;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.LossReason;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes Hubble's events and writes those that its filters choose, as its mask and encoder say, to its sink (upstream:
 * {@code pkg/hubble/exporter/exporter.go}). Made by {@link ExporterBuilder}.
 *
 * <p>Threads: every method may be called from any thread at any time, also by listeners and hooks; threads encode side by
 * side. Whether they wait for the sink says the {@link Delivery}. The order of the events of one thread is kept. Works from
 * virtual threads. An interrupt ends no waiting and is not forgotten: the thread's flag stays set.
 *
 * <p>Failure: {@code export} never throws for what an event holds or what a sink does, unless delivery is
 * {@linkplain Delivery#strict strict}; it returns an outcome, and {@link #status}, the counters and the listeners tell the
 * rest. Damaged bytes cost their own event and nothing else.
 *
 * <p>Ownership: what is handed in is read before {@code export} returns, never changed and never kept; nobody may change it
 * before. Wire bytes with 16 more bytes of any kind behind them in their array save a copy.
 */
public final class FlowExporter extends EventDoors<Scratch> implements AutoCloseable {

    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final Pipeline pipeline;
    private final RecordDelivery delivery;
    private final Sink sink;
    private final ExporterAccount account;
    private final ExporterConfiguration configuration;
    private final @Nullable ShutdownHook shutdownHook;

    FlowExporter(
            Pipeline pipeline,
            RecordDelivery delivery,
            Sink sink,
            ExporterAccount account,
            ExporterConfiguration configuration) {
        super(pipeline::newScratch);
        this.pipeline = pipeline;
        this.delivery = delivery;
        this.sink = sink;
        this.account = account;
        this.configuration = configuration;
        this.shutdownHook = configuration.closeOnShutdown() ? new ShutdownHook(this) : null;
    }

    /** Begins to work: the writer, and the hook that closes. */
    void start() {
        delivery.start();
        if (shutdownHook != null) {
            shutdownHook.register();
        }
    }

    /**
     * Waits until the sink was offered everything that was exported before this call, and was flushed; for as long as the
     * sink takes. Does not wait when a sink or a listener calls it while it is being called by this exporter's own writer.
     */
    public void flush() {
        flush(FOREVER);
    }

    /**
     * As {@link #flush()}, but gives up after a while.
     *
     * @param limit how long to wait at most
     * @return whether it came to pass in time; what failed on the way shows in the counters
     */
    public boolean flush(Duration limit) {
        return delivery.flush(Limits.nanos(limit));
    }

    /** What became of all events so far. */
    public ExporterCounters counters() {
        return account.events().snapshot();
    }

    /** How it is, what it did, and what it was built of. */
    public ExporterStatus status() {
        Depth waiting = delivery.depth();
        return new ExporterStatus(
                name(),
                account.health().snapshot(),
                counters(),
                account.latency().snapshot(),
                waiting.events(),
                waiting.bytes(),
                sinkFigures(),
                configuration);
    }

    private Map<String, Long> sinkFigures() {
        try {
            return sink.figures();
        } catch (RuntimeException e) {
            account.losses().trouble("the sink could not tell its figures", e);
            return Map.of();
        }
    }

    /** The name by which logs and errors call this exporter. */
    public String name() {
        return account.exporter();
    }

    /** As {@link #close(Duration)} with the limit that the builder was given. */
    @Override
    public void close() {
        close(configuration.closeTimeout());
    }

    /**
     * Takes no more events, writes out what waits, and closes the sink. When the limit is over, what still waits or is at
     * the sink is lost and counted as {@link LossReason#CLOSE_TIMEOUT}, and a daemon thread closes the sink as soon as the
     * sink lets it. Events that come later are lost and counted as {@link LossReason#CLOSED}. Calls after the first wait for
     * the same end.
     *
     * @param limit how long to wait at most
     * @return whether everything was offered to the sink and the sink was closed
     */
    public boolean close(Duration limit) {
        boolean inTime = delivery.close(Limits.nanos(limit));
        if (shutdownHook != null) {
            shutdownHook.remove();
        }
        return inTime;
    }

    /** The name and the compiled configuration. */
    @Override
    public String toString() {
        return name() + ": " + pipeline;
    }

    @Override
    void received() {
        account.events().received();
    }

    @Override
    ExportOutcome run(Scratch scratch) {
        return pipeline.run(scratch);
    }

    @Override
    ExportOutcome failed(Throwable e) {
        return pipeline.fault(e);
    }

    Pipeline pipeline() {
        return pipeline;
    }
}
