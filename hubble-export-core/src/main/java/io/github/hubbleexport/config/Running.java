package io.github.hubbleexport.config;

import io.github.hubbleexport.FlowExporter;
import java.nio.file.Path;
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
        @Nullable Path file) {}
