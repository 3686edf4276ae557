package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.MessageLite;
import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.testkit.ConformanceData;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JVM's own count of what this thread allocated: nothing, whatever the configuration. */
class AllocationTest {

    private static final int EVENTS = 100_000;

    /** What the measurement itself, or a recompilation under way, may leave behind. */
    private static final long TOLERATED_BYTES = 64 * 1024;

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

    private static com.sun.management.ThreadMXBean counter() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        assumeTrue(threads instanceof com.sun.management.ThreadMXBean, "this JVM does not count allocations");
        return (com.sun.management.ThreadMXBean) threads;
    }

    private static void export(FlowExporter exporter, byte[][] events) {
        for (int i = 0; i < EVENTS; i++) {
            exporter.export(events[i % events.length]);
        }
    }

    private static final class Discard extends Sink {
        @Override
        public void write(LineBatch batch) {}
    }
}
