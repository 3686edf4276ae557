package io.github.hubbleexport.config;

import io.github.hubbleexport.FlowExporter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The exporter of an entry at work.
 *
 * @param config what it was built from
 * @param file the file that it writes; null: another destination
 */
record Running(
        FlowLogConfig config,
        FlowExporter exporter,
        HandoverSink sink,
        @Nullable Path file) {

    private static final Logger LOG = System.getLogger(DynamicExporter.class.getName());

    /** Whether everything that waited was offered to the sink, and the sink was closed. */
    boolean close(Duration limit) {
        boolean inTime = exporter.close(limit);
        if (!inTime) {
            LOG.log(Level.WARNING, config.name() + ": the file is not closed yet, because it takes no lines");
        }
        return inTime;
    }
}
