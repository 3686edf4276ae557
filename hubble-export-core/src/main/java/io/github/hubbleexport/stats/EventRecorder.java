package io.github.hubbleexport.stats;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of events. From any thread at once, without a lock. */
public final class EventRecorder {

    private final LongAdder received = new LongAdder();
    private final LongAdder filtered = new LongAdder();
    private final LongAdder stopped = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();
    private final Map<LossReason, LongAdder> lost = new EnumMap<>(LossReason.class);
    private final LongAdder gapLines = new LongAdder();
    private final LongAdder gapBytes = new LongAdder();
    private final LongAdder canonicalized = new LongAdder();
    private final LongAdder failedWrites = new LongAdder();
    private final LongAdder failedFlushes = new LongAdder();

    /** Begins at zero. */
    public EventRecorder() {
        for (LossReason reason : LossReason.values()) {
            lost.put(reason, new LongAdder());
        }
    }

    /** An event was handed in. */
    public void received() {
        received.increment();
    }

    /** The filters did not let an event through. */
    public void filtered() {
        filtered.increment();
    }

    /** A hook stopped an event. */
    public void stopped() {
        stopped.increment();
    }

    /** The bytes of an event were written anew by protobuf-java. */
    public void canonicalized() {
        canonicalized.increment();
    }

    /** The sink took events. */
    public void written(long events, long bytes) {
        written.add(events);
        bytesWritten.add(bytes);
    }

    /** The sink took a line that tells of lost events. */
    public void gapLine(long bytes) {
        gapLines.increment();
        gapBytes.add(bytes);
    }

    /** The sink did not take a batch whole. */
    public void failedWrite() {
        failedWrites.increment();
    }

    /** The sink could not be flushed. */
    public void failedFlush() {
        failedFlushes.increment();
    }

    void lost(LossReason reason, long events) {
        LongAdder adder = lost.get(reason);
        if (adder != null) {
            adder.add(events);
        }
    }

    /** What was counted so far. Ends of events are read before their beginnings: none is in flight less than never. */
    public ExporterCounters snapshot() {
        Map<LossReason, Long> losses = new EnumMap<>(LossReason.class);
        lost.forEach((reason, adder) -> losses.put(reason, adder.sum()));
        long writtenSoFar = written.sum();
        long bytesSoFar = bytesWritten.sum();
        long stoppedSoFar = stopped.sum();
        long filteredSoFar = filtered.sum();
        return new ExporterCounters(
                received.sum(),
                filteredSoFar,
                stoppedSoFar,
                0,
                0,
                writtenSoFar,
                bytesSoFar,
                losses,
                gapLines.sum(),
                gapBytes.sum(),
                canonicalized.sum(),
                failedWrites.sum(),
                failedFlushes.sum());
    }
}
