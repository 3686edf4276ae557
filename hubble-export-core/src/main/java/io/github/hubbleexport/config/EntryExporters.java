package io.github.hubbleexport.config;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Builds the exporter of an entry. Immutable. */
record EntryExporters(EntrySinks sinks, BiConsumer<FlowLogConfig, ExporterBuilder> customizer) {

    /**
     * Builds an exporter and opens its sink, or leaves that for when its turn comes.
     *
     * @throws IOException if the sink cannot be opened; as everything else that is thrown, it leaves nothing open
     */
    Running start(CompiledEntry entry, @Nullable Path file, boolean opensNow) throws IOException {
        FlowLogConfig config = entry.config();
        HandoverSink sink = new HandoverSink(sinks, config);
        if (opensNow) {
            sink.open();
        }
        try {
            ExporterBuilder builder = new ExporterBuilder()
                    .name(config.name())
                    .filters(entry.filters())
                    .fieldMask(entry.mask().paths());
            customizer.accept(config, builder);
            FlowExporter exporter = builder.sink(sink).build();
            return new Running(config, exporter, sink, file);
        } catch (RuntimeException | Error e) {
            sink.close();
            throw e;
        }
    }
}
