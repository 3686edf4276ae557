package io.github.hubbleexport.faults;

import io.github.hubbleexport.Delivery;
import io.github.hubbleexport.Delivery.WhenFull;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A child that closes its exporter in a shutdown hook, or leaves that to the exporter. Some events wait in their batch when it
 * says that it is ready; then it either waits or exports until it is told to end. When the exporter is closed it tells how
 * many events were written.
 */
final class OrderlyExit {

    static final int WAITING = 100;
    static final String PATIENT = "patient";
    static final String BUSY = "busy";

    /** Who closes the exporter, and how it delivers. */
    enum Manner {
        HOST,
        EXPORTER,
        QUEUED
    }

    private OrderlyExit() {}

    /** Arguments: the file, whether a thread is to go on exporting, and the {@link Manner}. */
    public static void main(String[] args) {
        Manner manner = Manner.valueOf(args[2]);
        CompletableFuture<FlowExporter> built = new CompletableFuture<>();
        FlowExporter exporter = new ExporterBuilder()
                .filePath(Path.of(args[0]))
                .flushInterval(Duration.ofHours(1))
                .delivery(
                        manner == Manner.QUEUED
                                ? Delivery.queued(WhenFull.block(Duration.ofMinutes(1)))
                                : Delivery.direct())
                .closeOnShutdown(manner != Manner.HOST)
                .statusListener(change -> System.out.println(
                        change.to() + " " + built.join().counters().written()))
                .build();
        built.complete(exporter);
        if (manner == Manner.HOST) {
            Runtime.getRuntime().addShutdownHook(new Thread(exporter::close));
        }
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
