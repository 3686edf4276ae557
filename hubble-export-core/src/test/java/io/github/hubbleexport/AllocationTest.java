package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.MessageLite;
import io.github.hubbleexport.Delivery.WhenFull;
import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.testkit.ConformanceData;
import io.github.hubbleexport.testkit.Gate;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The JVM's own count of what this thread allocated: nothing, whatever the configuration. */
class AllocationTest {

    private static final int EVENTS = 100_000;

    /** What the measurement itself, or a recompilation under way, may leave behind. */
    private static final long TOLERATED_BYTES = 64 * 1024;

    /** Waiting for another thread takes a few small objects each time: less than three bytes for an event. */
    private static final long QUEUE_TOLERATED_BYTES = 3 * EVENTS;

    /** Batches grow until one was full; of those that get few events, too, one shall have been full before it counts. */
    private static final int SMALL_BATCH_BYTES = 16 * 1024;

    private static final int EVENTS_A_FLUSH = 1_000;
    private static final long QUEUE_BYTES = 16L << 20;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "''|''|''",
                "''|''|time verdict source.pod_name destination.namespace l4.TCP.flags",
                "{\"source_pod\":[\"default/\"]} {\"destination_ip\":[\"172.20.0.0/16\"]}|{\"protocol\":[\"icmp\"]}|''",
                "{\"tcp_flags\":[{\"SYN\":true}]} {\"destination_port\":[\"80\",\"443\"]}|{\"verdict\":[\"DROPPED\"]}|uuid",
                "{\"event_type\":[{\"type\":4}],\"reply\":[true,false]} {\"source_workload\":[{\"name\":\"xwing\"}]}|''|IP"
            })
    void theWireDoorAllocatesNothing(String allow, String deny, String mask) {
        com.sun.management.ThreadMXBean threads = counter();
        byte[][] events = ConformanceData.resource("encode/cluster.bin").stream()
                .map(MessageLite::toByteArray)
                .toArray(byte[][]::new);
        try (FlowExporter exporter = new ExporterBuilder()
                .allowList(allow)
                .denyList(deny)
                .fieldMask(mask)
                .sink(new Discard())
                .build()) {
            export(exporter, events);
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            export(exporter, events);
            long allocated =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertThat(exporter.counters().written()).isPositive();
            assertThat(allocated).as("bytes for %d events", EVENTS).isLessThan(TOLERATED_BYTES);
        }
    }

    @Test
    void aGroupAllocatesNothingEither() {
        com.sun.management.ThreadMXBean threads = counter();
        byte[][] events = ConformanceData.resource("encode/cluster.bin").stream()
                .map(MessageLite::toByteArray)
                .toArray(byte[][]::new);
        try (FlowExporter all = exporter("", "", "");
                FlowExporter some = exporter("{\"source_pod\":[\"default/\"]}", "{\"protocol\":[\"icmp\"]}", "");
                FlowExporter few = exporter("{\"destination_port\":[\"80\"]}", "", "time verdict l4.TCP.flags")) {
            ExporterGroup group = new ExporterGroup(List.of(all, some, few));
            export(group, events);
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            export(group, events);
            long allocated =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertThat(List.of(all, some, few))
                    .allMatch(exporter -> exporter.counters().written() > 0);
            assertThat(allocated).as("bytes for %d events", EVENTS).isLessThan(TOLERATED_BYTES);
        }
    }

    private static FlowExporter exporter(String allow, String deny, String mask) {
        return new ExporterBuilder()
                .allowList(allow)
                .denyList(deny)
                .fieldMask(mask)
                .sink(new Discard())
                .batchBytes(SMALL_BATCH_BYTES)
                .build();
    }

    @ParameterizedTest
    @MethodSource("queues")
    void neitherDoesAQueueAllocate(Delivery delivery) {
        com.sun.management.ThreadMXBean threads = counter();
        byte[][] events = ConformanceData.resource("encode/cluster.bin").stream()
                .map(MessageLite::toByteArray)
                .toArray(byte[][]::new);
        Discard sink = new Discard();
        try (FlowExporter exporter =
                new ExporterBuilder().delivery(delivery).sink(sink).build()) {
            fill(exporter, events, sink);
            exportAndFlush(exporter, events);
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            long writerBefore = threads.getThreadAllocatedBytes(sink.thread);
            exportAndFlush(exporter, events);
            long allocated =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            long byTheWriter = threads.getThreadAllocatedBytes(sink.thread) - writerBefore;
            assertThat(exporter.counters().written()).isEqualTo(2 * EVENTS + EVENTS_A_FLUSH);
            assertThat(allocated).as("bytes for %d events", EVENTS).isLessThan(QUEUE_TOLERATED_BYTES);
            assertThat(byTheWriter).as("bytes by the writer").isLessThan(QUEUE_TOLERATED_BYTES);
        }
    }

    static Stream<Delivery> queues() {
        return Stream.of(
                Delivery.queued(QUEUE_BYTES, 2 * EVENTS_A_FLUSH, WhenFull.block(Duration.ofHours(1))),
                Delivery.queued(QUEUE_BYTES, 2 * EVENTS_A_FLUSH, WhenFull.dropNewest()),
                Delivery.queued(QUEUE_BYTES, 2 * EVENTS_A_FLUSH, WhenFull.dropOldest()));
    }

    /** The queue keeps memory that it needed once: lets it need as much as it ever will. */
    private static void fill(FlowExporter exporter, byte[][] events, Discard sink) {
        Gate gate = new Gate();
        sink.gate = gate;
        for (int i = 0; i < EVENTS_A_FLUSH; i++) {
            exporter.export(events[i % events.length]);
        }
        gate.open();
        exporter.flush();
    }

    /** Never fills the queue, so that nothing is dropped. */
    private static void exportAndFlush(FlowExporter exporter, byte[][] events) {
        for (int i = 0; i < EVENTS; i++) {
            exporter.export(events[i % events.length]);
            if (i % EVENTS_A_FLUSH == EVENTS_A_FLUSH - 1) {
                exporter.flush();
            }
        }
    }

    private static com.sun.management.ThreadMXBean counter() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        assumeTrue(threads instanceof com.sun.management.ThreadMXBean, "this JVM does not count allocations");
        return (com.sun.management.ThreadMXBean) threads;
    }

    private static void export(EventDoors<?> exporter, byte[][] events) {
        for (int i = 0; i < EVENTS; i++) {
            exporter.export(events[i % events.length]);
        }
    }

    private static final class Discard extends Sink {

        volatile long thread;
        volatile @Nullable Gate gate;

        @Override
        public void write(LineBatch batch) {
            Gate closed = gate;
            if (closed != null) {
                closed.pass();
            }
            thread = Thread.currentThread().getId();
        }
    }
}
