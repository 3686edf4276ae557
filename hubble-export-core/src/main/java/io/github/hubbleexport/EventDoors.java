package io.github.hubbleexport;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.MessageLite;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.proto.observer.GetFlowsResponse;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Supplier;

/** The forms in which an event can be handed in, and the way from all of them to the bytes in a scratch. */
abstract class EventDoors<S extends EventScratch> {

    private final ScratchPool<S> pool;

    EventDoors(Supplier<S> newScratch) {
        this.pool = new ScratchPool<>(Runtime.getRuntime().availableProcessors(), newScratch);
    }

    /** An event is about to be taken in; there is something to export it with, so it will come to an end. */
    abstract void received();

    /** Exports what was loaded. */
    abstract ExportOutcome run(S scratch);

    /**
     * What becomes of an event after a fault of ours or of a custom part, or a lack of memory: the host is not to suffer
     * from it, and it is counted. Only what strict delivery throws goes on to the host.
     */
    abstract ExportOutcome failed(Throwable e);

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

    private ExportOutcome export(MessageLite message, boolean bareFlow) {
        requireNonNull(message, "event");
        S scratch = begin();
        try {
            scratch.event.load(message, bareFlow);
            return run(scratch);
        } catch (RuntimeException | Error e) {
            return failed(e);
        } finally {
            end(scratch);
        }
    }

    private ExportOutcome export(byte[] bytes, int offset, int length, boolean bareFlow) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        S scratch = begin();
        try {
            scratch.load(bytes, offset, length, bareFlow);
            return run(scratch);
        } catch (RuntimeException | Error e) {
            return failed(e);
        } finally {
            end(scratch);
        }
    }

    private ExportOutcome export(ByteBuffer bytes, boolean bareFlow) {
        requireNonNull(bytes, "event");
        S scratch = begin();
        try {
            scratch.event.load(bytes, bareFlow);
            return run(scratch);
        } catch (RuntimeException | Error e) {
            return failed(e);
        } finally {
            end(scratch);
        }
    }

    private S begin() {
        S scratch = pool.take();
        received();
        return scratch;
    }

    private void end(S scratch) {
        scratch.release();
        pool.giveBack(scratch);
    }
}
