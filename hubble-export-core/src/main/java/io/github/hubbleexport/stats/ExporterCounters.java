package io.github.hubbleexport.stats;

import java.util.Map;

/**
 * What became of the events of one exporter since it was built. An immutable snapshot; exact when no call of
 * {@code export} was under way while it was taken:
 * {@code received = filtered + stopped + aggregated + limited + written + lost + in flight}.
 *
 * @param received events handed in
 * @param filtered events that the filters did not let through
 * @param stopped events that a hook stopped
 * @param aggregated events that went into others; 0 without aggregation
 * @param limited events that a limit held back; 0 without limits
 * @param written events that the sink took, which is also its lines without gap lines
 * @param bytesWritten bytes of these events
 * @param lost events that should have been exported and were not, by reason; every reason is there
 * @param gapLines lines that tell of lost events; they are not events and stand in no other number
 * @param gapBytes bytes of these lines
 * @param canonicalized times the bytes of an event could not be read in one pass and went the slow way through
 *     protobuf-java; not an end that events come to
 * @param failedWrites batches that the sink did not take whole
 * @param failedFlushes times the sink could not be flushed
 */
public record ExporterCounters(
        long received,
        long filtered,
        long stopped,
        long aggregated,
        long limited,
        long written,
        long bytesWritten,
        Map<LossReason, Long> lost,
        long gapLines,
        long gapBytes,
        long canonicalized,
        long failedWrites,
        long failedFlushes) {

    /** Takes a copy of the losses. */
    public ExporterCounters {
        lost = Map.copyOf(lost);
    }

    /** Events lost for any reason. */
    public long lostTotal() {
        return lost.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Events lost for one reason. */
    public long lost(LossReason reason) {
        return lost.getOrDefault(reason, 0L);
    }

    /** Events that were received and have not come to their end: they wait, are at the sink, or are being exported. */
    public long inFlight() {
        return received - filtered - stopped - aggregated - limited - written - lostTotal();
    }
}
