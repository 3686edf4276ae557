package io.github.hubbleexport;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.MessageLite;
import io.github.hubbleexport.deliver.DirectDelivery;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.proto.observer.GetFlowsResponse;
import io.github.hubbleexport.stats.EventRecorder;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.wire.UndecodableEventException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Takes Hubble's events and writes those that its filters choose, as its mask and encoder say, to its sink (upstream:
 * {@code pkg/hubble/exporter/exporter.go}). Made by {@link ExporterBuilder}.
 *
 * <p>Threads: every method may be called from any thread at any time; threads encode side by side and wait for each
 * other only while a full batch is written. Works from virtual threads.
 *
 * <p>Failure: {@code export} never throws for what an event holds or what a sink does; it returns an outcome, and the
 * counters and the error listener tell the rest. Damaged bytes cost their own event and nothing else.
 *
 * <p>Ownership: what is handed in is read before {@code export} returns, never changed and never kept.
 */
public final class FlowExporter implements AutoCloseable {

    private final String name;
    private final Pipeline pipeline;
    private final ScratchPool pool;
    private final DirectDelivery delivery;
    private final EventRecorder recorder;

    FlowExporter(String name, Pipeline pipeline, DirectDelivery delivery, EventRecorder recorder) {
        this.name = name;
        this.pipeline = pipeline;
        this.delivery = delivery;
        this.recorder = recorder;
        this.pool = new ScratchPool(Runtime.getRuntime().availableProcessors(), pipeline::newScratch);
    }

    /**
     * Exports an event.
     *
     * @param event any kind of event
     * @return what became of it
     */
    public ExportOutcome export(ExportEvent event) {
        return export(event, false);
    }

    /**
     * Exports what a Hubble server or relay answered: a flow, a node status or lost events.
     *
     * @param response the answer
     * @return what became of it
     */
    public ExportOutcome export(GetFlowsResponse response) {
        // Both messages give the same numbers to the same fields.
        return export(response, false);
    }

    /**
     * Exports a flow. Its own time and node name become those of the event.
     *
     * @param flow the flow
     * @return what became of it
     */
    public ExportOutcome export(Flow flow) {
        return export(flow, true);
    }

    /**
     * Exports an event from its wire bytes.
     *
     * @param event the bytes of an {@code observer.ExportEvent} or {@code observer.GetFlowsResponse}
     * @return what became of it
     */
    public ExportOutcome export(byte[] event) {
        return export(event, 0, event.length);
    }

    /**
     * Exports an event from its wire bytes.
     *
     * @param bytes holds the bytes of an {@code observer.ExportEvent} or {@code observer.GetFlowsResponse}
     * @param offset where they begin
     * @param length how many they are
     * @return what became of it
     * @throws IndexOutOfBoundsException if the range lies outside the array
     */
    public ExportOutcome export(byte[] bytes, int offset, int length) {
        return export(bytes, offset, length, false);
    }

    /**
     * Exports an event from its wire bytes.
     *
     * @param event what remains in it are the bytes of an {@code observer.ExportEvent} or
     *     {@code observer.GetFlowsResponse}; its position stays where it is
     * @return what became of it
     */
    public ExportOutcome export(ByteBuffer event) {
        return export(event, false);
    }

    /**
     * Exports a flow from its wire bytes. Its own time and node name become those of the event.
     *
     * @param flow the bytes of a {@code flow.Flow}
     * @return what became of it
     */
    public ExportOutcome exportFlow(byte[] flow) {
        return exportFlow(flow, 0, flow.length);
    }

    /**
     * Exports a flow from its wire bytes. Its own time and node name become those of the event.
     *
     * @param bytes holds the bytes of a {@code flow.Flow}
     * @param offset where they begin
     * @param length how many they are
     * @return what became of it
     * @throws IndexOutOfBoundsException if the range lies outside the array
     */
    public ExportOutcome exportFlow(byte[] bytes, int offset, int length) {
        return export(bytes, offset, length, true);
    }

    /**
     * Exports a flow from its wire bytes. Its own time and node name become those of the event.
     *
     * @param flow what remains in it are the bytes of a {@code flow.Flow}; its position stays where it is
     * @return what became of it
     */
    public ExportOutcome exportFlow(ByteBuffer flow) {
        return export(flow, true);
    }

    /** Waits until the sink was offered everything that was exported before this call, and was flushed. */
    public void flush() {
        delivery.flush();
    }

    /** What became of all events so far. */
    public ExporterCounters counters() {
        return recorder.snapshot();
    }

    /** The name by which logs and errors call this exporter. */
    public String name() {
        return name;
    }

    /**
     * Writes out what waits and closes the sink. Events that come later are lost and counted as such. Does nothing when
     * called again.
     */
    @Override
    public void close() {
        delivery.close();
    }

    /** The name and the compiled configuration. */
    @Override
    public String toString() {
        return name + ": " + pipeline;
    }

    private ExportOutcome export(MessageLite message, boolean bareFlow) {
        requireNonNull(message, "event");
        Scratch scratch = begin();
        scratch.event.load(message, bareFlow);
        return finish(scratch);
    }

    private ExportOutcome export(byte[] bytes, int offset, int length, boolean bareFlow) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        Scratch scratch = begin();
        scratch.event.load(bytes, offset, length, bareFlow);
        return finish(scratch);
    }

    private ExportOutcome export(ByteBuffer bytes, boolean bareFlow) {
        requireNonNull(bytes, "event");
        Scratch scratch = begin();
        scratch.event.load(bytes, bareFlow);
        return finish(scratch);
    }

    private Scratch begin() {
        recorder.received();
        return pool.take();
    }

    private ExportOutcome finish(Scratch scratch) {
        try {
            return pipeline.run(scratch);
        } catch (UndecodableEventException e) {
            return pipeline.undecodable();
        } catch (RuntimeException | StackOverflowError e) {
            // A fault of ours, or of a custom part: the host is not to suffer from it.
            return pipeline.lost(LossReason.INTERNAL_ERROR, "a fault in the exporter", e);
        } finally {
            pool.giveBack(scratch);
        }
    }
}
