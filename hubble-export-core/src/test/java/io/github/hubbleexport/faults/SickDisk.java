package io.github.hubbleexport.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.SinkOperation;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.LossReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child that works in a folder of its own, makes the disk sick and well again, and checks what became of its lines. */
final class SickDisk {

    private static final String WRITER = "writer";
    private static final int BATCH_BYTES = 4096;
    private static final int FILE_BYTES = 128 * 1024;
    private static final int LOSSES = 500;
    private static final int MOST_EVENTS = 100_000;
    private static final int SOME_EVENTS = 500;
    private static final int FEW_EVENTS = 50;
    private static final long ROOM = 512 * 1024;

    private final Path folder;
    private final Path live;
    private final Path ballast;
    private int exported;

    private SickDisk(Path folder) {
        this.folder = folder;
        live = folder.resolve("flows.log");
        ballast = folder.resolve("ballast");
    }

    /** Arguments: what is to happen, and the folder. */
    public static void main(String[] args) throws Exception {
        SickDisk disk = new SickDisk(Path.of(args[1]));
        switch (args[0]) {
            case "full" -> disk.fills();
            case "full-archive" -> disk.isFullWhileCompressing();
            case "read-only" -> disk.turnsReadOnly();
            case "bound-file" -> disk.refusesToRename();
            case "file-limit" -> disk.takesPartsOfWrites();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private void fills() throws IOException {
        RotatingSink sink = sink(false);
        try (FlowExporter exporter = exporter(sink)) {
            takeRoom(ROOM);
            exportUntilLost(exporter);
            Files.delete(ballast);
            exportUntilWritten(exporter);
            exportWithoutLoss(exporter);
            takeRoom(0);
            exportUntilLost(exporter);
            Files.delete(ballast);
            exportUntilWritten(exporter);
            exportWithoutLoss(exporter);
            assertThat(sink.stats().failures(SinkOperation.WRITE)).isPositive();
            assertThat(sink.stats().rotations()).isPositive();
            checkFiles(exporter);
        }
    }

    private void isFullWhileCompressing() throws IOException {
        RotatingSink full = sink(true);
        try (FlowExporter exporter = exporter(full)) {
            exportWithoutLoss(exporter);
            takeRoom(0);
            full.rotate();
        }
        assertThat(full.stats().failures(SinkOperation.COMPRESS)).isPositive();
        assertThat(Trail.backups(live))
                .isNotEmpty()
                .allMatch(backup -> backup.toString().endsWith(".log"));
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
        Files.delete(ballast);
        try (FlowExporter exporter = exporter(sink(true))) {
            exportWithoutLoss(exporter);
        }
        assertThat(Trail.backups(live))
                .isNotEmpty()
                .allMatch(backup -> backup.toString().endsWith(".gz"));
        assertThat(Trail.of(live).events).isEqualTo(exported);
    }

    private void turnsReadOnly() throws Exception {
        RotatingSink sink = sink(false);
        try (FlowExporter exporter = exporter(sink)) {
            exportWithoutLoss(exporter);
            sink.rotate();
            // A second mount of the same folder, since the system refuses where files are open for writing.
            does("mount", "--bind", folder.toString(), folder.toString());
            does("mount", "-o", "remount,bind,ro", folder.toString());
            export(exporter, SOME_EVENTS);
            exporter.flush();
            assertThat(exporter.counters().lost(LossReason.WRITE_FAILED)).isEqualTo(SOME_EVENTS);
            assertThat(sink.stats().failures(SinkOperation.OPEN)).isPositive();
            does("umount", folder.toString());
            exportUntilWritten(exporter);
            exportWithoutLoss(exporter);
            checkFiles(exporter);
        }
    }

    private void refusesToRename() throws Exception {
        Files.createFile(live);
        does("mount", "--bind", live.toString(), live.toString());
        RotatingSink sink = sink(false);
        try (FlowExporter exporter = exporter(sink)) {
            exportWithoutLoss(exporter);
            exportWithoutLoss(exporter);
            assertThat(sink.stats().failures(SinkOperation.RENAME)).isPositive();
            assertThat(sink.stats().rotations()).isZero();
            assertThat(Files.size(live)).isGreaterThan(FILE_BYTES);
            checkFiles(exporter);
        }
    }

    /** The shell has set a limit below the one at which the sink rotates. */
    private void takesPartsOfWrites() throws IOException {
        RotatingSink sink = sink(false);
        try (FlowExporter exporter = exporter(sink)) {
            exportUntilLost(exporter);
            assertThat(sink.stats().failures(SinkOperation.WRITE)).isPositive();
            assertThat(sink.stats().repairs()).as("halves of lines cut off").isPositive();
            sink.rotate();
            exportUntilWritten(exporter);
            long lost = exporter.counters().lostTotal();
            export(exporter, FEW_EVENTS);
            exporter.flush();
            assertThat(exporter.counters().lostTotal()).isEqualTo(lost);
            checkFiles(exporter);
        }
    }

    private RotatingSink sink(boolean compress) {
        return RotatingSink.builder(live)
                .maxFileBytes(FILE_BYTES)
                .maxBackups(0)
                .compress(compress)
                .build();
    }

    private static FlowExporter exporter(RotatingSink sink) {
        return new ExporterBuilder().sink(sink).batchBytes(BATCH_BYTES).build();
    }

    private void export(FlowExporter exporter, int events) {
        for (int i = 0; i < events; i++) {
            exporter.export(Numbered.event(WRITER, exported++));
        }
    }

    private void exportUntilLost(FlowExporter exporter) {
        long before = exporter.counters().lostTotal();
        while (exporter.counters().lostTotal() < before + LOSSES) {
            export(exporter, 1);
            assertThat(exported).as("events until the disk is full").isLessThan(MOST_EVENTS);
        }
        exporter.flush();
    }

    /** A sink may pause before it tries again; it needs no help to do so. */
    private void exportUntilWritten(FlowExporter exporter) {
        long written = exporter.counters().written();
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (exporter.counters().written() == written) {
            export(exporter, 1);
            exporter.flush();
            assertThat(System.nanoTime() - giveUp).as("recovers by itself").isNegative();
        }
    }

    private void exportWithoutLoss(FlowExporter exporter) {
        ExporterCounters before = exporter.counters();
        export(exporter, SOME_EVENTS);
        exporter.flush();
        assertThat(exporter.counters().lostTotal()).isEqualTo(before.lostTotal());
        assertThat(exporter.counters().written()).isEqualTo(before.written() + SOME_EVENTS);
    }

    private void checkFiles(FlowExporter exporter) throws IOException {
        ExporterCounters counters = exporter.counters();
        assertThat(counters.received()).isEqualTo(exported);
        assertThat(counters.inFlight()).isZero();
        Trail trail = Trail.of(live);
        assertThat(trail.events).isEqualTo(counters.written());
        assertThat(trail.torn).isEmpty();
        assertThat(trail.unfinished).isEmpty();
        assertThat(trail.disorder()).isEmpty();
        assertThat(trail.last(WRITER)).isEqualTo(exported - 1);
    }

    /** Fills the disk but for some bytes. */
    private void takeRoom(long leave) throws IOException {
        long size = Files.getFileStore(folder).getUsableSpace() - leave;
        try (InputStream zeros = Files.newInputStream(Path.of("/dev/zero"));
                OutputStream out = Files.newOutputStream(ballast)) {
            out.write(zeros.readNBytes((int) Math.max(size, 0)));
        }
        assertThat(Files.getFileStore(folder).getUsableSpace()).isLessThanOrEqualTo(leave);
    }

    private static void does(String... command) throws InterruptedException {
        assertThat(ChildJvm.works(List.of(command)))
                .as(List.of(command).toString())
                .isTrue();
    }
}
