package io.github.hubbleexport;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What an exporter was built of, as it is in force. Immutable; two are equal when they say the same.
 *
 * @param allowList the allow list in its canonical text, empty if every event is allowed
 * @param denyList the deny list in its canonical text, empty if none is denied
 * @param fieldMask the paths of the mask, empty if every field is exported
 * @param encoder the format
 * @param hooks how many hooks there are
 * @param nodeName what events without a node name are said to come from
 * @param destination the sink in its own words; for a file, its path, absolute and links followed
 * @param sinkSettings what the sink was told, by name; for a {@code RotatingSink} its limits, its backups and so on
 * @param delivery how events get to the sink
 * @param batchBytes the size of a batch, in bytes
 * @param flushInterval how long an event waits at most for its batch to fill
 * @param closeTimeout how long {@code close} waits at most
 * @param gapLines whether lines in the output tell of lost events
 * @param closeOnShutdown whether the end of the JVM closes it
 */
public record ExporterConfiguration(
        String allowList,
        String denyList,
        String fieldMask,
        String encoder,
        int hooks,
        Optional<String> nodeName,
        String destination,
        Map<String, String> sinkSettings,
        Delivery delivery,
        int batchBytes,
        Duration flushInterval,
        Duration closeTimeout,
        boolean gapLines,
        boolean closeOnShutdown) {

    /** Checks that nothing is missing, and takes a copy of the sink's settings. */
    public ExporterConfiguration {
        requireNonNull(allowList, "allowList");
        requireNonNull(denyList, "denyList");
        requireNonNull(fieldMask, "fieldMask");
        requireNonNull(encoder, "encoder");
        requireNonNull(nodeName, "nodeName");
        requireNonNull(destination, "destination");
        sinkSettings = Map.copyOf(sinkSettings);
        requireNonNull(delivery, "delivery");
        requireNonNull(flushInterval, "flushInterval");
        requireNonNull(closeTimeout, "closeTimeout");
    }
}
