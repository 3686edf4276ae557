package io.github.hubbleexport.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.Fsync;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.SickFiles;
import io.github.hubbleexport.sink.SinkInvariants;
import io.github.hubbleexport.sink.SinkOperation;
import io.github.hubbleexport.stats.ExporterCounters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight threads export as fast as they can, while files and sink stumble at random, files are rotated, and the exporter is
 * closed and built again with other settings. A short run always, and a long one with
 * {@code mvn -pl hubble-export-core -am test -Dtest=SoakTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dhubble.soak.minutes=10}. {@code -Dhubble.seed} chooses other faults.
 */
class SoakTest {

    private static final String MINUTES = "hubble.soak.minutes";
    private static final long SEED = Long.getLong("hubble.seed", 42);
    private static final int THREADS = 8;
    private static final int SMOKE_EVENTS = 250_000;
    private static final int KIB = 1024;
    private static final int EVENTS_AN_INTERRUPT = 997;
    private static final int CALLS_A_FAULT = 150;
    private static final int MOST_EVENTS_A_RELOAD = 4_000;

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants()
            .json()
            .expectLog("WRITE_FAILED|CLOSED|flushed|closed|no event was lost|[A-Z]+ failed \\(");

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Ledger ledger = new Ledger();
    private final Random random = new Random(SEED);
    private final SickFiles files = new SickFiles(SEED, CALLS_A_FAULT);
    private final List<Generation> generations = new ArrayList<>();

    @TempDir
    private Path root;

    @SuppressWarnings("NullAway.Init")
    private volatile Generation current;

    private volatile boolean reloading;

    /** An exporter and what it writes to, from one reload to the next. */
    private record Generation(FlowExporter exporter, StumblingSink sink, RotatingSink file) {}

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    @DisplayName("row 42: a short soak with eight threads, faults, rotations and reloads at random")
    void smoke(TestReporter reporter) throws Exception {
        soak(number -> number < SMOKE_EVENTS, reporter);
    }

    @Test
    @EnabledIfSystemProperty(named = MINUTES, matches = "[1-9][0-9]*")
    @DisplayName("row 42: a long soak with eight threads, faults, rotations and reloads at random")
    void soak(TestReporter reporter) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(Long.getLong(MINUTES)).toNanos();
        soak(number -> System.nanoTime() - end < 0, reporter);
    }

    private void soak(IntPredicate goOn, TestReporter reporter) throws Exception {
        open();
        exportFromAll(goOn);
        files.heal();
        ledger.awaitDeletions();
        current.exporter().close();
        ledger.readRest(live());
        reporter.publishEntry("soak", told());
        check();
    }

    private String told() {
        return "seed " + SEED + ": " + sum(ExporterCounters::received) + " received, "
                + sum(ExporterCounters::written) + " written, " + sum(ExporterCounters::lostTotal) + " lost, "
                + ledger.reportedLost() + " losses reported in " + ledger.files() + " files; " + generations.size()
                + " reloads, " + files.fired() + " failed calls";
    }

    private void check() {
        assertThat(ledger.faults()).isEmpty();
        assertThat(sum(ExporterCounters::inFlight)).isZero();
        assertThat(ledger.events()).isEqualTo(sum(ExporterCounters::written));
        assertThat(ledger.events() + sum(ExporterCounters::lostTotal)).isEqualTo(sum(ExporterCounters::received));
        assertThat(ledger.reportedLost()).isLessThanOrEqualTo(sum(ExporterCounters::lostTotal));
        assertThat(ledger.files()).isGreaterThan(Ledger.KEPT);
        assertThat(files.fired()).isPositive();
        assertThat(generations).hasSizeGreaterThan(2);
        assertThat(generations).anyMatch(generation -> generation.sink().stumbles > 0);
        assertThat(generations).allMatch(generation -> generation.file().stats().failures(SinkOperation.LISTENER) == 0);
    }

    private long sum(ToLongFunction<ExporterCounters> number) {
        return generations.stream()
                .mapToLong(
                        generation -> number.applyAsLong(generation.exporter().counters()))
                .sum();
    }

    private Path live() {
        return root.resolve("flows.log");
    }

    /** Other settings each time. */
    private void open() {
        RotatingSink.Builder builder = RotatingSink.builder(live())
                .maxFileBytes((128L + random.nextInt(512)) * KIB)
                .maxBackups(Ledger.KEPT)
                .compress(random.nextBoolean())
                .rotateAtStart(random.nextBoolean())
                .fsync(random.nextInt(4) == 0 ? Fsync.atRotation() : Fsync.never())
                .listener(ledger);
        RotatingSink file = files.infect(builder).build();
        StumblingSink sink = new StumblingSink(file, random.nextLong());
        FlowExporter exporter = invariants.watch(new ExporterBuilder()
                .sink(sink)
                .batchBytes((1 + random.nextInt(64)) * KIB)
                .build());
        current = new Generation(exporter, sink, file);
        generations.add(current);
    }

    /** Others go on exporting to the one that is being closed, and wait when they have lost an event to that. */
    private void reload() {
        reloading = true;
        current.exporter().close();
        open();
        reloading = false;
    }

    private void exportFromAll(IntPredicate goOn) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 1; thread < THREADS; thread++) {
            String writer = "thread-" + thread;
            running.add(threads.submit(() -> exportAll(writer, 0, goOn)));
        }
        running.add(threads.submit(() -> exportAndReload("thread-0", goOn)));
        for (Future<?> thread : running) {
            thread.get();
        }
    }

    private void exportAndReload(String writer, IntPredicate goOn) {
        int next = 0;
        while (goOn.test(next)) {
            int until = next + 1 + random.nextInt(MOST_EVENTS_A_RELOAD);
            next = exportAll(writer, next, number -> number < until && goOn.test(number));
            reload();
        }
    }

    /** Returns the number of the next event. */
    private int exportAll(String writer, int first, IntPredicate goOn) {
        int number = first;
        while (goOn.test(number)) {
            export(writer, number++);
        }
        return number;
    }

    private void export(String writer, int number) {
        boolean interrupted = number % EVENTS_AN_INTERRUPT == 0;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        ExportOutcome outcome = current.exporter().export(Numbered.event(writer, number));
        while (outcome == ExportOutcome.LOST && reloading) {
            Thread.onSpinWait();
        }
        assertThat(Thread.interrupted()).as("the flag stays").isEqualTo(interrupted);
    }
}
