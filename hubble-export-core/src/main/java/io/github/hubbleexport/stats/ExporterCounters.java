package io.github.hubbleexport.stats;

import java.util.Map;

/**
 * What became of the events of one exporter since it was built. An immutable snapshot; exact when no call of
 * {@code export} was under way while it was taken.
 *
 * @param received events handed in
 * @param filtered events that the filters did not let through
 * @param stopped events that a hook stopped
 * @param written events that the sink took
 * @param bytesWritten bytes that the sink took
 * @param lost events that should have been exported and were not, by reason; every reason is there
 */
public record ExporterCounters(
        long received, long filtered, long stopped, long written, long bytesWritten, Map<LossReason, Long> lost) {

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

    /** Events that were received and have not come to their end: they wait in a batch, or are being exported. */
    public long inFlight() {
        return received - filtered - stopped - written - lostTotal();
    }
}
