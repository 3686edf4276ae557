package io.github.hubbleexport.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.SinkOperation;
import io.github.hubbleexport.stats.ExporterCounters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight threads export as fast as they can into a sink that stumbles at random. A short run always, and a long one with
 * {@code mvn -pl hubble-export-core -am test -Dtest=SoakTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dhubble.soak.minutes=10}. {@code -Dhubble.seed} chooses other faults.
 */
class SoakTest {

    private static final String MINUTES = "hubble.soak.minutes";
    private static final int THREADS = 8;
    private static final int SMOKE_EVENTS = 10_000;
    private static final int FILE_BYTES = 512 * 1024;
    private static final int BATCH_BYTES = 16 * 1024;
    private static final int EVENTS_AN_INTERRUPT = 997;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Ledger ledger = new Ledger();

    @TempDir
    private Path root;

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    @DisplayName("row 42: a short soak with eight threads, faults and rotations at random")
    void smoke(TestReporter reporter) throws Exception {
        soak(number -> number < SMOKE_EVENTS, reporter);
    }

    @Test
    @EnabledIfSystemProperty(named = MINUTES, matches = "[1-9][0-9]*")
    @DisplayName("row 42: a long soak with eight threads, faults and rotations at random")
    void soak(TestReporter reporter) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(Long.getLong(MINUTES)).toNanos();
        soak(number -> System.nanoTime() - end < 0, reporter);
    }

    private void soak(IntPredicate goOn, TestReporter reporter) throws Exception {
        Path live = root.resolve("flows.log");
        RotatingSink file = RotatingSink.builder(live)
                .maxFileBytes(FILE_BYTES)
                .maxBackups(Ledger.KEPT)
                .compress(true)
                .listener(ledger)
                .build();
        StumblingSink sink = new StumblingSink(file, Long.getLong("hubble.seed", 42));
        FlowExporter exporter =
                new ExporterBuilder().sink(sink).batchBytes(BATCH_BYTES).build();
        try (exporter) {
            exportFromAll(exporter, goOn);
            ledger.awaitDeletions();
        }
        ledger.readRest(live);
        reporter.publishEntry(
                "soak",
                exporter.counters() + ", " + ledger.reportedLost() + " losses reported in " + ledger.files()
                        + " files");
        assertThat(sink.stumbles).isPositive();
        assertThat(file.stats().failures(SinkOperation.LISTENER)).isZero();
        check(exporter.counters());
    }

    private void check(ExporterCounters counters) {
        assertThat(ledger.faults()).isEmpty();
        assertThat(counters.lostTotal()).isPositive();
        assertThat(counters.inFlight()).isZero();
        assertThat(ledger.events()).isEqualTo(counters.written());
        assertThat(ledger.events() + counters.lostTotal()).isEqualTo(counters.received());
        assertThat(ledger.reportedLost()).isLessThanOrEqualTo(counters.lostTotal());
        assertThat(ledger.files()).isGreaterThan(Ledger.KEPT);
    }

    private void exportFromAll(FlowExporter exporter, IntPredicate goOn) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            String writer = "thread-" + thread;
            running.add(threads.submit(() -> export(exporter, writer, goOn)));
        }
        for (Future<?> thread : running) {
            thread.get();
        }
    }

    private static void export(FlowExporter exporter, String writer, IntPredicate goOn) {
        for (int number = 0; goOn.test(number); number++) {
            boolean interrupted = number % EVENTS_AN_INTERRUPT == 0;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            exporter.export(Numbered.event(writer, number));
            assertThat(Thread.interrupted()).as("the flag stays").isEqualTo(interrupted);
        }
    }
}
