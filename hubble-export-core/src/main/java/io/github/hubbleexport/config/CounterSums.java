package io.github.hubbleexport.config;

import io.github.hubbleexport.stats.EventRecorder;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.LossReason;
import java.util.EnumMap;
import java.util.Map;

/** Adds up what several exporters have counted. */
final class CounterSums {

    static final ExporterCounters NONE = new EventRecorder().snapshot();

    private CounterSums() {}

    static ExporterCounters sum(ExporterCounters one, ExporterCounters other) {
        Map<LossReason, Long> losses = new EnumMap<>(LossReason.class);
        for (LossReason reason : LossReason.values()) {
            losses.put(reason, one.lost(reason) + other.lost(reason));
        }
        return new ExporterCounters(
                one.received() + other.received(),
                one.filtered() + other.filtered(),
                one.stopped() + other.stopped(),
                one.aggregated() + other.aggregated(),
                one.limited() + other.limited(),
                one.written() + other.written(),
                one.bytesWritten() + other.bytesWritten(),
                losses,
                one.gapLines() + other.gapLines(),
                one.gapBytes() + other.gapBytes(),
                one.canonicalized() + other.canonicalized(),
                one.failedWrites() + other.failedWrites(),
                one.failedFlushes() + other.failedFlushes());
    }
}
