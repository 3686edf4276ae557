package io.github.hubbleexport.readme;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.stats.ExporterCounters;
import java.nio.file.Path;

final class Embedding {

    private Embedding() {}

    static ExporterCounters exportAll(Iterable<byte[]> wireEvents, Path file) {
        FlowExporter exporter = new ExporterBuilder()
                .allowList("{\"source_pod\":[\"shop/\"]} {\"destination_pod\":[\"shop/\"]}")
                .denyList("{\"protocol\":[\"icmp\"]}")
                .fieldMask("time, verdict, source.pod_name, destination.pod_name, l4, l7.http")
                .filePath(file)
                .maxFileSizeMb(50)
                .compress(true)
                .errorListener(error -> System.err.println("flows lost: " + error))
                .build();
        try (exporter) {
            for (byte[] event : wireEvents) {
                exporter.export(event);
            }
        }
        return exporter.counters();
    }
}
