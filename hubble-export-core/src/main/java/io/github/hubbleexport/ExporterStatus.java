package io.github.hubbleexport;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.ExporterState;
import io.github.hubbleexport.stats.HealthSnapshot;
import io.github.hubbleexport.stats.LatencySnapshot;
import java.util.Map;

/**
 * An exporter at one moment. An immutable snapshot; its parts were read one after the other and may be a moment apart.
 *
 * @param name the name of the exporter
 * @param health its state, the last error and the last success
 * @param counters what became of its events
 * @param writeLatency how long the sink took for its batches
 * @param waitingEvents events that wait in a batch or a queue and were not offered to the sink yet
 * @param waitingBytes the bytes that these are in the output
 * @param sinkFigures what the sink counts itself, by name; for a {@code RotatingSink} its rotations, failures and so on
 * @param configuration what it was built of
 */
public record ExporterStatus(
        String name,
        HealthSnapshot health,
        ExporterCounters counters,
        LatencySnapshot writeLatency,
        long waitingEvents,
        long waitingBytes,
        Map<String, Long> sinkFigures,
        ExporterConfiguration configuration) {

    /** Takes a copy of the sink's figures. */
    public ExporterStatus {
        requireNonNull(name, "name");
        requireNonNull(health, "health");
        requireNonNull(counters, "counters");
        requireNonNull(writeLatency, "writeLatency");
        sinkFigures = Map.copyOf(sinkFigures);
        requireNonNull(configuration, "configuration");
    }

    /** The state. */
    public ExporterState state() {
        return health.state();
    }
}
