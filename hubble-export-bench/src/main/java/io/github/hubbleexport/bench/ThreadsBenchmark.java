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
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** From wire bytes to the lines in files, by one exporter and several threads, each of which has its share of the events. */
public class ThreadsBenchmark extends FilesBenchmark {

    /** How many threads there are. */
    @Param({"1", "2"})
    public int threads = 1;

    private @Nullable ExecutorService pool;

    /** Starts the threads. */
    @Setup(Level.Trial)
    public void start() {
        pool = Executors.newFixedThreadPool(threads);
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void end() {
        requireNonNull(pool).shutdown();
    }

    /** The exporter as a host builds it, from its first event to its close. */
    @Benchmark
    public long export() throws InterruptedException, ExecutionException {
        FlowExporter exporter = new ExporterBuilder()
                .filePath(file())
                .maxFileSizeMb(SinkRival.MAX_FILE_MB)
                .maxBackups(SinkRival.MAX_BACKUPS)
                .build();
        try (exporter) {
            for (Future<Integer> share : requireNonNull(pool).invokeAll(shares(exporter))) {
                share.get();
            }
        }
        return exporter.counters().written();
    }

    private List<Callable<Integer>> shares(FlowExporter exporter) {
        WireEvents events = events();
        List<Callable<Integer>> shares = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int from = events.count() * thread / threads;
            int to = events.count() * (thread + 1) / threads;
            shares.add(() -> exportAll(exporter, events, from, to));
        }
        return shares;
    }

    private static int exportAll(FlowExporter exporter, WireEvents events, int from, int to) {
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
