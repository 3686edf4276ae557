package io.github.hubbleexport.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.SinkInvariants;
import io.github.hubbleexport.stats.LossReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What others do to the file and its folder while events come, by the clock of the system. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FolderTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants().json().expectLog("WRITE_FAILED|(LIST|LOCK) failed");

    private static final int EVENTS = 100;
    private static final String WRITER = "writer";

    @TempDir
    private Path root;

    private int exported;

    @Test
    @DisplayName("row 7: the live file is deleted while events come")
    void deletedFile() throws Exception {
        Path live = root.resolve("flows.log");
        RotatingSink sink = RotatingSink.builder(live).build();
        try (FlowExporter exporter = exporter(sink)) {
            export(exporter, EVENTS);
            Files.delete(live);
            exportUntilReopened(exporter, sink);
            checkNothingLostSince(exporter, live);
        }
    }

    @Test
    @DisplayName("row 8: the live file is renamed while events come")
    void renamedFile() throws Exception {
        Path live = root.resolve("flows.log");
        Path moved = root.resolve("flows.log.1");
        RotatingSink sink = RotatingSink.builder(live).build();
        try (FlowExporter exporter = exporter(sink)) {
            export(exporter, EVENTS);
            Files.move(live, moved);
            exportUntilReopened(exporter, sink);
            export(exporter, EVENTS);
        }
        Trail trail = new Trail();
        trail.read(moved);
        trail.read(live);
        assertThat(trail.gaps()).isEmpty();
        assertThat(trail.torn).isEmpty();
        assertThat(trail.events).isEqualTo(exported);
    }

    @Test
    @DisplayName("row 10: the folder is removed while events come, and made again")
    void removedFolder() throws Exception {
        Path live = root.resolve("folder").resolve("flows.log");
        RotatingSink sink = RotatingSink.builder(live).build();
        try (FlowExporter exporter = exporter(sink)) {
            export(exporter, EVENTS);
            remove(live);
            exportUntilReopened(exporter, sink);
            checkNothingLostSince(exporter, live);
        }
    }

    @Test
    @DisplayName("row 10: a removed folder that cannot be made again for a while")
    void folderThatCannotBeMade() throws Exception {
        Path live = root.resolve("folder").resolve("flows.log");
        RotatingSink sink = RotatingSink.builder(live).build();
        try (FlowExporter exporter = exporter(sink)) {
            export(exporter, EVENTS);
            remove(live);
            Files.writeString(live.resolve("..").normalize(), "in the way");
            exportUntilReopened(exporter, sink);
            long before = exporter.counters().lost(LossReason.WRITE_FAILED);
            export(exporter, EVENTS);
            assertThat(exporter.counters().lost(LossReason.WRITE_FAILED)).isEqualTo(before + EVENTS);
            Files.delete(live.resolve("..").normalize());
            exportUntilWritten(exporter);
            checkNothingLostSince(exporter, live);
        }
    }

    private FlowExporter exporter(RotatingSink sink) {
        return invariants.watch(new ExporterBuilder().sink(sink).batchBytes(1).build());
    }

    private void export(FlowExporter exporter, int events) {
        for (int i = 0; i < events; i++) {
            exporter.export(Numbered.event(WRITER, exported++));
        }
    }

    /** The folder with all that is in it. */
    private static void remove(Path live) throws IOException {
        Path folder = live.resolve("..").normalize();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** A sink may pause before it tries again; it needs no help to do so. */
    private void exportUntilWritten(FlowExporter exporter) {
        long written = exporter.counters().written();
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (exporter.counters().written() == written) {
            export(exporter, 1);
            assertThat(System.nanoTime() - giveUp).as("recovers by itself").isNegative();
        }
    }

    /** A file that is gone is noticed within a tenth of a second. */
    private void exportUntilReopened(FlowExporter exporter, RotatingSink sink) {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (sink.stats().reopened() == 0) {
            export(exporter, 1);
            assertThat(System.nanoTime() - giveUp).isNegative();
        }
    }

    /** Once the new file is there every event is in it. */
    private void checkNothingLostSince(FlowExporter exporter, Path live) throws IOException {
        int next = exported;
        export(exporter, EVENTS);
        Trail trail = new Trail();
        trail.read(live);
        assertThat(trail.torn).isEmpty();
        assertThat(trail.disorder()).isEmpty();
        List<Integer> numbers = trail.numbers.getOrDefault(WRITER, List.of());
        assertThat(numbers).containsSequence(numbersFrom(next)).endsWith(exported - 1);
        assertThat(exporter.counters().inFlight()).isZero();
    }

    private static List<Integer> numbersFrom(int first) {
        return IntStream.range(first, first + EVENTS).boxed().toList();
    }
}
