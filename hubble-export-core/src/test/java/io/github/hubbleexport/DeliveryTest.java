package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import io.github.hubbleexport.Delivery.WhenFull;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.LostEvent;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.ExporterState;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.stats.StateChange;
import io.github.hubbleexport.testkit.Gate;
import io.github.hubbleexport.testkit.MemorySink;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Delivery as a host sees it: outcomes, counters, status, lines. */
@Timeout(120)
class DeliveryTest extends DeliveryFixture {

    private static final Pattern GAP = Pattern.compile("\\{\"lost_events\":\\{\"num_events_lost\":\"(\\d+)\","
            + "\"first\":\"[-0-9]+T[0-9:.]+Z\",\"last\":\"[-0-9]+T[0-9:.]+Z\"},"
            + "\"node_name\":\"here\",\"time\":\"[-0-9]+T[0-9:.]+Z\"}");

    @ParameterizedTest
    @MethodSource("all")
    void withoutLossesTheOutputIsThatOfEveryOtherDelivery(Delivery delivery) {
        FlowExporter exporter = exporter(delivery);
        for (int number = 0; number < 50; number++) {
            assertThat(export(exporter, number)).isIn(ExportOutcome.WRITTEN, ExportOutcome.BUFFERED);
            exporter.flush();
        }
        exporter.close();
        assertThat(lines()).hasSize(50);
        assertThat(lines().get(49)).isEqualTo(line(49));
        assertThat(exporter.counters().written()).isEqualTo(50);
        assertThat(exporter.counters().gapLines()).isZero();
        assertThat(changes).extracting(StateChange::to).containsExactly(ExporterState.CLOSED);
    }

    @ParameterizedTest
    @MethodSource("all")
    void afterFailuresOneLineTellsOfTheGapBeforeTheNextEvent(Delivery delivery) {
        FlowExporter exporter = exporter(delivery);
        export(exporter, 0);
        exporter.flush();
        fail();
        for (int number = 1; number <= 3; number++) {
            export(exporter, number);
            exporter.flush();
        }
        work();
        for (int number = 4; number <= 5; number++) {
            export(exporter, number);
            exporter.flush();
        }
        assertThat(lines()).hasSize(4);
        assertThat(lines().get(0)).isEqualTo(line(0));
        assertThat(lines().get(1)).matches(GAP).contains("\"num_events_lost\":\"3\"");
        assertThat(lines().subList(2, 4)).containsExactly(line(4), line(5));
        ExporterCounters counters = exporter.counters();
        assertThat(counters.received()).isEqualTo(6);
        assertThat(counters.written()).isEqualTo(3);
        assertThat(counters.lost(LossReason.WRITE_FAILED)).isEqualTo(3);
        assertThat(counters.gapLines()).isEqualTo(1);
        assertThat(counters.bytesWritten() + counters.gapBytes()).isEqualTo(sink.size());
        assertThat(changes).extracting(StateChange::to).containsExactly(ExporterState.DEGRADED, ExporterState.HEALTHY);
    }

    @Test
    void theGapLineIsAnEventOfHubblesOwn() throws Exception {
        Instant before = Instant.now().minusMillis(1);
        FlowExporter exporter = exporter(Delivery.direct());
        fail();
        export(exporter, 0);
        work();
        export(exporter, 1);
        ExportEvent.Builder read = ExportEvent.newBuilder();
        com.google.protobuf.util.JsonFormat.parser().merge(lines().get(0), read);
        LostEvent lost = read.getLostEvents();
        assertThat(lost.getSourceValue()).isZero();
        assertThat(lost.getNumEventsLost()).isEqualTo(1);
        assertThat(lost.hasCpu()).isFalse();
        assertThat(read.getNodeName()).isEqualTo("here");
        assertThat(instant(lost.getFirst())).isEqualTo(instant(lost.getLast())).isBetween(before, Instant.now());
        assertThat(instant(read.getTime())).isBetween(instant(lost.getLast()), Instant.now());
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    @Test
    void gapLinesIgnoreFiltersAndMasksOfFlowsAndCanBeSwitchedOff() {
        for (boolean on : new boolean[] {true, false}) {
            FlowExporter exporter = exporter(
                    Delivery.direct(),
                    new ExporterBuilder()
                            .sink(sink)
                            .gapLines(on)
                            .fieldMask("uuid")
                            .allowList("{\"uuid\":[\"0\",\"1\"]}"));
            fail();
            export(exporter, 0);
            work();
            export(exporter, 1);
            assertThat(exporter.counters().gapLines()).isEqualTo(on ? 1 : 0);
        }
        assertThat(lines()).hasSize(3);
        assertThat(lines().get(0)).matches(GAP);
        assertThat(lines().get(2)).isEqualTo("{\"flow\":{\"uuid\":\"1\"}}");
    }

    @Test
    void whatGoRefusesTooLeavesNoGap() {
        FlowExporter exporter = exporter(Delivery.direct());
        exporter.export(new byte[] {1});
        exporter.export(Flow.newBuilder()
                .setTime(Timestamp.newBuilder().setSeconds(Long.MIN_VALUE))
                .build());
        export(exporter, 1);
        assertThat(lines()).containsExactly(line(1));
        assertThat(exporter.counters().lostTotal()).isEqualTo(2);
        assertThat(exporter.status().state()).isEqualTo(ExporterState.HEALTHY);
    }

    @ParameterizedTest
    @MethodSource("queues")
    @DisplayName("row 23: a hung sink costs a queue's host no time and bounded memory")
    void aHungSink(Delivery delivery) throws InterruptedException {
        FlowExporter exporter = exporter(delivery);
        sink.fault(batch -> gate.pass());
        export(exporter, 0);
        gate.awaitArrival();
        int lost = 0;
        for (int number = 1; number <= 100; number++) {
            lost += export(exporter, number) == ExportOutcome.LOST ? 1 : 0;
        }
        ExporterStatus status = exporter.status();
        assertThat(status.waitingEvents()).isEqualTo(3);
        assertThat(status.waitingBytes()).isLessThanOrEqualTo(1_000).isPositive();
        assertThat(status.counters().lost(LossReason.QUEUE_FULL)).isEqualTo(97);
        assertThat(lost).isIn(97, 0);
        assertThat(status.counters().inFlight()).isEqualTo(4);
        assertThat(status.state()).isEqualTo(ExporterState.DEGRADED);
        assertThat(exporter.flush(AT_ONCE)).isFalse();
        gate.open();
        exporter.flush();
        assertThat(exporter.status().state()).isEqualTo(ExporterState.HEALTHY);
        export(exporter, 101);
        exporter.close();
        boolean oldest = delivery.toString().contains("oldest");
        assertThat(lines()).hasSize(6);
        assertThat(lines().get(oldest ? 1 : 4)).matches(GAP).contains("\"97\"");
        assertThat(lines().get(0)).isEqualTo(line(0));
        assertThat(lines().get(oldest ? 4 : 3)).isEqualTo(line(oldest ? 100 : 3));
        assertThat(lines().get(5)).isEqualTo(line(101));
    }

    @Test
    void aQueueThatLostEventsIsDegradedUntilItLosesNoMore() {
        Semaphore permits = new Semaphore(0);
        AtomicInteger arrivals = new AtomicInteger();
        sink.fault(batch -> {
            arrivals.incrementAndGet();
            permits.acquireUninterruptibly();
        });
        FlowExporter exporter = exporter(Delivery.queued(1_000, 3, WhenFull.dropNewest()));
        export(exporter, 0);
        awaitAtLeast(arrivals, 1);
        for (int number = 1; number <= 4; number++) {
            export(exporter, number);
        }
        assertThat(exporter.status().state()).isEqualTo(ExporterState.DEGRADED);
        permits.release();
        awaitAtLeast(arrivals, 2);
        assertThat(exporter.status().state())
                .as("the batch before was written, but events had been lost meanwhile")
                .isEqualTo(ExporterState.DEGRADED);
        permits.release();
        awaitAtLeast(arrivals, 3);
        assertThat(exporter.status().state()).isEqualTo(ExporterState.HEALTHY);
        permits.release(100);
    }

    private static void awaitAtLeast(AtomicInteger number, int wanted) {
        Gate.await(() -> number.get() >= wanted);
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisplayName("row 23: close returns by its deadline while the sink hangs, and what remains is counted")
    void closeWhileTheSinkHangs(Delivery delivery) throws InterruptedException {
        FlowExporter exporter = exporter(delivery);
        sink.fault(batch -> gate.pass());
        AtomicReference<ExportOutcome> end = new AtomicReference<>();
        Thread first = new Thread(() -> end.set(export(exporter, 0)));
        first.start();
        gate.awaitArrival();
        Thread second = new Thread(() -> export(exporter, 1));
        second.start();
        Gate.await(() -> exporter.status().waitingEvents() >= 1);
        assertThat(exporter.close(AT_ONCE)).isFalse();
        second.join();
        assertThat(exporter.status().state()).isEqualTo(ExporterState.CLOSED);
        assertThat(exporter.counters().lost(LossReason.CLOSE_TIMEOUT)).isEqualTo(2);
        assertThat(export(exporter, 2)).isEqualTo(ExportOutcome.LOST);
        assertThat(exporter.counters().lost(LossReason.CLOSED)).isEqualTo(1);
        exporter.close();
        assertThat(sink.closes()).isZero();
        gate.open();
        first.join();
        assertThat(end.get())
                .isEqualTo(delivery.mode() == Delivery.Mode.QUEUED ? ExportOutcome.BUFFERED : ExportOutcome.LOST);
        sink.awaitClosed();
        assertThat(exporter.counters().written()).isZero();
        assertThat(changes).extracting(StateChange::to).containsExactly(ExporterState.DEGRADED, ExporterState.CLOSED);
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisplayName("row 31: close while others export, twice, and export after close")
    void closeWhileOthersExport(Delivery delivery) throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            MemorySink own = new MemorySink();
            FlowExporter exporter = exporter(delivery, new ExporterBuilder().sink(own));
            CountDownLatch started = new CountDownLatch(3);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                threads.add(new Thread(() -> {
                    export(exporter, 0);
                    started.countDown();
                    int number = 1;
                    while (export(exporter, number) != ExportOutcome.LOST
                            || exporter.counters().lost(LossReason.CLOSED) == 0) {
                        number++;
                    }
                }));
            }
            Thread closer = new Thread(exporter::close);
            threads.forEach(Thread::start);
            started.await();
            closer.start();
            exporter.close();
            closer.join();
            for (Thread thread : threads) {
                thread.join();
            }
            exporter.close();
            ExporterCounters counters = exporter.counters();
            assertThat(counters.inFlight()).isZero();
            assertThat(counters.written() + counters.gapLines()).isEqualTo(own.lines());
            assertThat(counters.lost(LossReason.CLOSED)).isPositive();
            assertThat(counters.lost(LossReason.CLOSE_TIMEOUT)).isZero();
            assertThat(own.closes()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisplayName("row 24: a sink that throws anything, or hangs, harms its own exporter only")
    void aSickSinkHarmsNoOther(Delivery delivery) throws InterruptedException {
        MemorySink healthy = new MemorySink();
        FlowExporter sick = exporter(delivery);
        FlowExporter well = exporter(delivery, new ExporterBuilder().sink(healthy));
        for (Throwable fault :
                List.of(new IllegalStateException("x"), new AssertionError("y"), new StackOverflowError())) {
            sink.fault(batch -> sneak(fault));
            assertThat(export(sick, 1)).isIn(ExportOutcome.LOST, ExportOutcome.BUFFERED);
            assertThat(export(well, 1)).isIn(ExportOutcome.WRITTEN, ExportOutcome.BUFFERED);
            sick.flush();
            well.flush();
        }
        sink.fault(batch -> gate.pass());
        Thread hanging = new Thread(() -> export(sick, 2));
        hanging.start();
        gate.awaitArrival();
        export(well, 2);
        well.close();
        assertThat(healthy.lines()).isEqualTo(4);
        assertThat(well.counters().written()).isEqualTo(4);
        assertThat(sick.counters().lost(LossReason.WRITE_FAILED)).isEqualTo(3);
        gate.open();
        hanging.join();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable fault) throws T {
        throw (T) fault;
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisplayName("row 25: an event that cannot be encoded is counted, nothing of it is written, the next goes on")
    void anEventThatCannotBeEncoded(Delivery delivery) {
        FlowExporter exporter = exporter(delivery);
        export(exporter, 1);
        Flow tooEarly = flow(2).toBuilder()
                .setTime(Timestamp.newBuilder().setSeconds(Long.MIN_VALUE))
                .build();
        StrictDeliveryException thrown =
                catchThrowableOfType(StrictDeliveryException.class, () -> exporter.export(tooEarly));
        assertThat(thrown != null).isEqualTo(delivery.mode() == Delivery.Mode.STRICT);
        export(exporter, 3);
        exporter.flush();
        assertThat(lines()).containsExactly(line(1), line(3));
        assertThat(exporter.counters().lost(LossReason.UNENCODABLE)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisplayName("row 26: a hook that throws an exception or an error is counted")
    void aHookThatThrows(Delivery delivery) {
        AtomicInteger calls = new AtomicInteger();
        FlowExporter exporter =
                exporter(delivery, new ExporterBuilder().sink(sink).hook(event -> {
                            if (calls.incrementAndGet() == 1) {
                                throw new NoClassDefFoundError("a part of the hook");
                            }
                            return ExportHook.Decision.CONTINUE;
                        }));
        assertThat(export(exporter, 1)).isEqualTo(ExportOutcome.LOST);
        export(exporter, 2);
        exporter.flush();
        assertThat(exporter.counters().lost(LossReason.HOOK_FAILED)).isEqualTo(1);
        assertThat(lines()).containsExactly(line(2));
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisplayName("row 22: an interrupted thread exports, flushes and closes, and its flag stays set")
    void anInterruptedThread(Delivery delivery) throws IOException {
        Path file = folder.resolve("flows.log");
        FlowExporter exporter = exporter(delivery, new ExporterBuilder().filePath(file));
        Thread.currentThread().interrupt();
        export(exporter, 1);
        exporter.flush();
        export(exporter, 2);
        exporter.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readString(file)).isEqualTo(line(1) + "\n" + line(2) + "\n");
    }

    @ParameterizedTest
    @MethodSource("all")
    void virtualThreadsExport(Delivery delivery) throws Exception {
        Method start;
        try {
            start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (NoSuchMethodException e) {
            Assumptions.abort("this JVM has no virtual threads");
            return;
        }
        FlowExporter exporter = exporter(delivery);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            threads.add((Thread) start.invoke(null, (Runnable) () -> {
                for (int number = 0; number < 20; number++) {
                    export(exporter, number);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        exporter.close();
        ExporterCounters counters = exporter.counters();
        assertThat(counters.received()).isEqualTo(200 * 20);
        assertThat(counters.written() + counters.lost(LossReason.QUEUE_FULL)).isEqualTo(200 * 20);
        assertThat(counters.written() + counters.gapLines()).isEqualTo(sink.lines());
    }
}
