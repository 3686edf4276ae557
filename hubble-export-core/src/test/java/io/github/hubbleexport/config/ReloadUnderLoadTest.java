package io.github.hubbleexport.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.config.DynamicExporterStatus.Operation;
import io.github.hubbleexport.config.ReloadResult.Outcome;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.ExporterCounters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reloads while events come in on several threads: none is lost, none is doubled, and nothing is left behind. */
@Timeout(300)
class ReloadUnderLoadTest {

    private static final int THREADS = 2;

    /** More with {@code -Dreload.count=10000}. */
    private static final int RELOADS = Integer.getInteger("reload.count", 1_000);

    private static final Pattern UUID = Pattern.compile("\"uuid\":\"(\\d+)\"");

    @TempDir
    private Path folder;

    /** Sends numbered flows from several threads: a burst of them beside each reload, so that both get a processor. */
    private static final class Load {

        private final AtomicInteger next = new AtomicInteger();
        private final AtomicBoolean over = new AtomicBoolean();
        private final Semaphore bursts = new Semaphore(0);
        private final List<Thread> threads;

        Load(DynamicExporter exporter) {
            threads = IntStream.range(0, THREADS)
                    .mapToObj(i -> new Thread(() -> send(exporter)))
                    .toList();
            threads.forEach(Thread::start);
        }

        private void send(DynamicExporter exporter) {
            for (bursts.acquireUninterruptibly(); !over.get(); bursts.acquireUninterruptibly()) {
                Flow flow = Flow.newBuilder()
                        .setUuid(String.valueOf(next.getAndIncrement()))
                        .setVerdict(Verdict.FORWARDED)
                        .build();
                ExportOutcome unused = exporter.exportFlow(flow.toByteArray());
            }
        }

        void burst(int events) {
            bursts.release(events);
        }

        int end() throws InterruptedException {
            over.set(true);
            bursts.release(THREADS);
            for (Thread thread : threads) {
                thread.join();
            }
            return next.get();
        }
    }

    private FlowLogConfig.Builder entry(String name, String file) {
        return FlowLogConfig.builder(name, folder.resolve(file).toString()).fileMaxBackups(0);
    }

    /** The numbers in a file and its backups; each may be there once. */
    private BitSet numbers(String stem) throws IOException {
        BitSet numbers = new BitSet();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(path -> path.getFileName().toString().matches(stem + "[-.].*log"))
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                Matcher uuid = UUID.matcher(line);
                assertThat(uuid.find()).as(line).isTrue();
                int number = Integer.parseInt(uuid.group(1));
                assertThat(numbers.get(number))
                        .as("%d twice in %s", number, stem)
                        .isFalse();
                numbers.set(number);
            }
        }
        return numbers;
    }

    @Test
    @DisplayName("row 29: 100 reloads during a burst: each event once in what stays, and in exactly one of old and new")
    void eachEventIsInExactlyOneOfOldAndNew() throws IOException, InterruptedException {
        DynamicExporter exporter =
                DynamicExporter.builder().pollInterval(Duration.ZERO).build();
        Load load = new Load(exporter);
        for (int i = 0; i < 100; i++) {
            FlowLogConfig stays = entry("stays", "stays.log").build();
            FlowLogConfig mask = entry("mask", "mask.log")
                    .fieldMask(i % 2 == 0 ? List.of("uuid") : List.of("uuid", "verdict"))
                    .build();
            FlowLogConfig sized =
                    entry("sized", "sized.log").fileMaxSizeMb(1 + i % 3).build();
            String target = i % 2 == 0 ? "even.log" : "odd.log";
            FlowLogConfig moves = entry("moves", target).build();
            FlowLogConfig renamed = entry("renamed" + i, "renamed.log").build();
            List<FlowLogConfig> all = new ArrayList<>(List.of(stays, mask, sized, moves, renamed));
            Collections.shuffle(all, new Random(i));
            assertThat(exporter.apply(FlowLogs.of(all)).outcome()).isEqualTo(Outcome.APPLIED);
            load.burst(3_000);
        }
        BitSet sent = new BitSet();
        sent.set(0, load.end());
        exporter.close();
        for (String stem : List.of("stays", "mask", "sized", "renamed")) {
            assertThat(numbers(stem)).as(stem).isEqualTo(sent);
        }
        BitSet even = numbers("even");
        BitSet odd = numbers("odd");
        assertThat(even.intersects(odd)).isFalse();
        even.or(odd);
        assertThat(even).isEqualTo(sent);
    }

    /** Counts lines, and remembers whether it was closed. */
    private static final class Counting extends Sink {

        static final AtomicInteger OPEN = new AtomicInteger();

        Counting() {
            OPEN.incrementAndGet();
        }

        @Override
        public void write(LineBatch batch) {
            assertThat(batch.lines()).isPositive();
        }

        @Override
        public void close() {
            OPEN.decrementAndGet();
        }
    }

    @Test
    @DisplayName(
            "row 30: 1,000 reloads under load leave no thread, no handle and no memory behind, and every sum is right")
    void reloadsLeaveNothingBehind() throws IOException, InterruptedException {
        DynamicExporter exporter = DynamicExporter.builder()
                .pollInterval(Duration.ZERO)
                .sinks(entry -> entry.name().startsWith("file") ? new FileSinks().open(entry) : new Counting())
                .build();
        apply(exporter, 0);
        Load load = new Load(exporter);
        reload(exporter, load, 0, 100);
        long threads = threads();
        long handles = handles();
        long heap = heap();
        reload(exporter, load, 100, RELOADS);
        assertThat(threads()).isLessThanOrEqualTo(threads + 2);
        assertThat(handles()).isLessThanOrEqualTo(handles + 2);
        assertThat(heap()).isLessThan(heap + 16 * 1024 * 1024);
        int sent = load.end();
        exporter.close();
        assertThat(Counting.OPEN).hasValue(0);
        DynamicExporterStatus status = exporter.status();
        assertThat(status.count(Operation.ENTRY_FAILURE)).isZero();
        status.flowLogs().forEach(flowLog -> assertComplete(flowLog, sent));
    }

    private void reload(DynamicExporter exporter, Load load, int from, int to) {
        for (int i = from; i < to; i++) {
            load.burst(1_000);
            apply(exporter, i);
        }
    }

    private void apply(DynamicExporter exporter, int i) {
        FlowFilter dropped = FlowFilter.newBuilder().addVerdict(Verdict.DROPPED).build();
        List<FlowLogConfig> entries = new ArrayList<>();
        entries.add(entry("stays", "x.log").build());
        entries.add(entry("changes", "y.log")
                .excludeFilters(i % 2 == 0 ? List.of(dropped) : List.of())
                .build());
        entries.add(entry("file", "file" + i % 2 + ".log")
                .includeFilters(List.of(dropped))
                .fileMaxSizeMb(1 + i % 5)
                .build());
        if (i % 3 > 0) {
            entries.add(entry("comes and goes", "z.log").build());
        }
        assertThat(exporter.apply(FlowLogs.of(entries)).outcome()).isEqualTo(Outcome.APPLIED);
    }

    /** What was there from the beginning has received each event once, however it changed, and all have come to an end. */
    private static void assertComplete(FlowLogStatus flowLog, int sent) {
        ExporterCounters counters = flowLog.counters();
        assertThat(counters.inFlight()).as(flowLog.name()).isZero();
        assertThat(counters.lostTotal()).as(flowLog.name()).isZero();
        assertThat(counters.received()).isEqualTo(counters.written() + counters.filtered());
        if (flowLog.name().equals("comes and goes")) {
            assertThat(counters.received()).isLessThan(sent);
        } else {
            assertThat(counters.received()).as(flowLog.name()).isEqualTo(sent);
        }
    }

    private static long threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long handles() throws IOException {
        Path handles = Path.of("/proc/self/fd");
        if (!Files.isDirectory(handles)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(handles)) {
            return open.count();
        }
    }

    /** After a collection; the load goes on meanwhile, so this is not exact. */
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
