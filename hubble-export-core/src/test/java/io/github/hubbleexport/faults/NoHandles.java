package io.github.hubbleexport.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.SinkOperation;
import io.github.hubbleexport.stats.LossReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child with few file handles that takes them all, and gives them back. */
final class NoHandles {

    private static final int EVENTS = 500;
    private static final int MOST_ATTEMPTS = 50;
    private static final String WRITER = "writer";

    private NoHandles() {}

    /** Argument: the file. */
    public static void main(String[] args) throws Exception {
        Path live = Path.of(args[0]);
        RotatingSink sink = RotatingSink.builder(live).maxBackups(0).build();
        try (FlowExporter exporter = new ExporterBuilder().sink(sink).build()) {
            practiseFailing(exporter, Path.of(args[0] + "/..").normalize());
            exportUntilWritten(exporter);
            loseEventsWithoutHandles(exporter, sink);
            assertThat(sink.stats().failures(SinkOperation.OPEN)).isPositive();
            exportUntilWritten(exporter);
            long after = exporter.counters().lost(LossReason.WRITE_FAILED);
            export(exporter, EVENTS);
            assertThat(exporter.counters().lost(LossReason.WRITE_FAILED)).isEqualTo(after);
            Trail trail = Trail.of(live);
            assertThat(trail.events)
                    .isGreaterThan(2 * EVENTS)
                    .isEqualTo(exporter.counters().written());
            assertThat(trail.torn).isEmpty();
        }
    }

    /** Without a handle no class can be loaded, so whatever a failure needs is loaded now. */
    private static void practiseFailing(FlowExporter exporter, Path folder) throws IOException {
        Files.writeString(folder, "where the folder is to be");
        export(exporter, 1);
        Files.delete(folder);
        assertThat(exporter.counters().lost(LossReason.WRITE_FAILED)).isEqualTo(1);
    }

    private static void export(FlowExporter exporter, int events) {
        for (int i = 0; i < events; i++) {
            exporter.export(Numbered.event(WRITER, (int) exporter.counters().received()));
        }
        exporter.flush();
    }

    /** A sink may pause before it tries again; it needs no help to do so. */
    private static void exportUntilWritten(FlowExporter exporter) {
        long written = exporter.counters().written();
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (exporter.counters().written() == written) {
            export(exporter, 1);
            assertThat(System.nanoTime() - giveUp).as("recovers by itself").isNegative();
        }
    }

    /** The thread that keeps house may have a handle when all others are taken, and give it back to the sink: then again. */
    private static void loseEventsWithoutHandles(FlowExporter exporter, RotatingSink sink) throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            export(exporter, EVENTS);
            sink.rotate();
            long before = exporter.counters().lost(LossReason.WRITE_FAILED);
            List<InputStream> taken = takeAll();
            export(exporter, EVENTS);
            giveBack(taken);
            if (exporter.counters().lost(LossReason.WRITE_FAILED) == before + EVENTS) {
                return;
            }
            exportUntilWritten(exporter);
        }
        throw new AssertionError("there was a handle in each of " + MOST_ATTEMPTS + " attempts");
    }

    private static List<InputStream> takeAll() {
        List<InputStream> taken = new ArrayList<>();
        try {
            while (taken.size() < Short.MAX_VALUE) {
                taken.add(Files.newInputStream(Path.of("/dev/null")));
            }
            throw new AssertionError("handles never ran out");
        } catch (IOException e) {
            return taken;
        }
    }

    private static void giveBack(List<InputStream> taken) throws IOException {
        for (InputStream handle : taken) {
            handle.close();
        }
    }
}
