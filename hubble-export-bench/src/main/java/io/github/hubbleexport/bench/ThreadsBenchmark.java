package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.bench.rival.SinkRival;
import io.github.hubbleexport.bench.rival.WireEvents;
import io.github.hubbleexport.bench.rival.WrittenLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From wire bytes to the lines in files, by several threads, which take the next events whenever they have done some:
 * through one exporter, or apart, which tells how much more than one thread the machine can do at all. With fixed shares
 * the time would be that of the thread that something else on the machine holds up. What threads cannot share is not counted:
 * to open an exporter, its first batches, whose memory grows until it is large enough, and to close it. Nor do backups reach
 * their limit: their deletion is the work of one more thread.
 */
public class ThreadsBenchmark extends FilesBenchmark {

    /** Events that a thread takes at once: some tenth of a millisecond. */
    private static final int TAKEN = 100;

    /** More than a call makes. */
    private static final int BACKUPS = 4 * SinkRival.MAX_BACKUPS;

    /** How many threads there are. */
    @Param({"1", "2"})
    public int threads = 1;

    private final List<FlowExporter> exporters = new ArrayList<>();
    private @Nullable ExecutorService pool;

    @Override
    void begin() throws Exception {
        pool = Executors.newFixedThreadPool(threads);
        warm(this::export);
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void end() {
        requireNonNull(pool).shutdown();
    }

    @Override
    int times() {
        return threads + 1;
    }

    /** Opens an exporter for each thread, and all threads export all events to each. */
    @Override
    void folderIsMade() throws Exception {
        for (int i = 0; i < threads; i++) {
            exporters.add(new ExporterBuilder()
                    .filePath(file().resolveSibling("flows-" + i + ".log"))
                    .maxFileSizeMb(SinkRival.MAX_FILE_MB)
                    .maxBackups(BACKUPS)
                    .build());
        }
        for (FlowExporter exporter : exporters) {
            int unused = export(List.of(exporter));
        }
    }

    @Override
    public void callIsOver() {
        exporters.forEach(FlowExporter::close);
        exporters.clear();
    }

    /** One exporter for all threads, until the last event is in a file. */
    @Benchmark
    public int export() throws InterruptedException, ExecutionException {
        return export(exporters.subList(0, 1));
    }

    /** An exporter for each thread, with files of its own. */
    @Benchmark
    public int apart() throws InterruptedException, ExecutionException {
        return export(exporters);
    }

    private int export(List<FlowExporter> used) throws InterruptedException, ExecutionException {
        int lost = 0;
        for (Future<Integer> share : requireNonNull(pool).invokeAll(shares(used))) {
            lost += share.get();
        }
        used.forEach(FlowExporter::flush);
        return lost;
    }

    private List<Callable<Integer>> shares(List<FlowExporter> used) {
        WireEvents events = events();
        AtomicInteger next = new AtomicInteger();
        List<Callable<Integer>> shares = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            FlowExporter exporter = used.get(thread % used.size());
            shares.add(() -> exportShare(exporter, events, next));
        }
        return shares;
    }

    private static int exportShare(FlowExporter exporter, WireEvents events, AtomicInteger next) {
        int lost = 0;
        int from = next.getAndAdd(TAKEN);
        while (from < events.count()) {
            lost += export(exporter, events, from, Math.min(from + TAKEN, events.count()));
            from = next.getAndAdd(TAKEN);
        }
        return lost;
    }

    private static int export(FlowExporter exporter, WireEvents events, int from, int to) {
        int lost = 0;
        for (int event = from; event < to; event++) {
            ExportOutcome outcome = exporter.export(events.bytes(), events.offset(event), events.length(event));
            lost += outcome == ExportOutcome.LOST ? 1 : 0;
        }
        return lost;
    }

    @Override
    void check(WrittenLines lines, Path used) {
        lines.checkUnordered(used);
    }
}
