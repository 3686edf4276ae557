package io.github.hubbleexport.readme;

import io.github.hubbleexport.config.CiliumConfig;
import io.github.hubbleexport.config.DynamicExporter;
import io.github.hubbleexport.config.DynamicExporterStatus;
import java.io.IOException;
import java.nio.file.Path;

final class Following {

    private Following() {}

    static DynamicExporterStatus exportAll(Iterable<byte[]> wireEvents, Path flowLogs) {
        DynamicExporter exporter = DynamicExporter.builder(flowLogs)
                .customizer((entry, builder) ->
                        builder.errorListener(error -> System.err.println(entry.name() + " lost flows: " + error)))
                .build();
        try (exporter) {
            for (byte[] event : wireEvents) {
                exporter.export(event);
            }
        }
        return exporter.status();
    }

    static DynamicExporter asCilium(Path configMapFolder) throws IOException {
        return CiliumConfig.ofFolder(configMapFolder).exporter().build();
    }
}
