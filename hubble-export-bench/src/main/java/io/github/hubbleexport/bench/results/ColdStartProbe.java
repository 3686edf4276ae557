package io.github.hubbleexport.bench.results;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says how many nanoseconds a fresh JVM needs from the first use of the builder to the first line in a file. */
final class ColdStartProbe {

    private ColdStartProbe() {}

    /**
     * Exports one event.
     *
     * @param arguments a file with an event, the file to write to, the allow list, the deny list and the field mask
     */
    public static void main(String... arguments) throws IOException {
        byte[] event = Files.readAllBytes(Path.of(arguments[0]));
        Path file = Path.of(arguments[1]);
        long before = System.nanoTime();
        FlowExporter exporter = new ExporterBuilder()
                .allowList(arguments[2])
                .denyList(arguments[3])
                .fieldMask(arguments[4])
                .filePath(file)
                .build();
        exporter.export(event);
        exporter.flush();
        System.out.println(System.nanoTime() - before);
        exporter.close();
    }
}
