package io.github.hubbleexport.faults;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A child that closes its exporter in a shutdown hook. Some events wait in their batch when it says that it is ready; then
 * it either waits or exports until it is told to end. When it goes it tells how many events it wrote.
 */
final class OrderlyExit {

    static final int WAITING = 100;
    static final String PATIENT = "patient";
    static final String BUSY = "busy";

    private OrderlyExit() {}

    /** Arguments: the file, and whether a thread is to go on exporting. */
    public static void main(String[] args) {
        FlowExporter exporter = new ExporterBuilder()
                .filePath(Path.of(args[0]))
                .flushInterval(Duration.ofHours(1))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            exporter.close();
            System.out.println("closed " + exporter.counters().written());
        }));
        for (int number = 0; number < WAITING; number++) {
            exporter.export(Numbered.event(PATIENT, number));
        }
        System.out.println("ready " + exporter.counters().written());
        for (int number = 0; Boolean.parseBoolean(args[1]); number++) {
            exporter.export(Numbered.event(BUSY, number));
        }
        readForEver();
    }

    private static void readForEver() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
