package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.github.hubbleexport.ExportHook.Decision;
import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.LostEvent;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.proto.observer.GetFlowsResponse;
import io.github.hubbleexport.stats.ExportError;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.testkit.ConformanceData;
import io.github.hubbleexport.testkit.MemorySink;
import io.github.hubbleexport.wire.ScannedEvent;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FlowExporterTest {

    private static final Flow FLOW = Flow.newBuilder()
            .setTime(Timestamp.newBuilder().setSeconds(1))
            .setNodeName("n")
            .setVerdict(Verdict.FORWARDED)
            .setSource(Endpoint.newBuilder().setNamespace("default").setPodName("xwing-1"))
            .build();
    private static final ExportEvent EVENT = ExportEvent.newBuilder()
            .setFlow(FLOW)
            .setNodeName("n")
            .setTime(FLOW.getTime())
            .build();
    private static final String LINE = "{\"flow\":{\"time\":\"1970-01-01T00:00:01Z\",\"verdict\":\"FORWARDED\","
            + "\"source\":{\"namespace\":\"default\",\"pod_name\":\"xwing-1\"},\"node_name\":\"n\"},"
            + "\"node_name\":\"n\",\"time\":\"1970-01-01T00:00:01Z\"}\n";

    private final MemorySink sink = new MemorySink();
    private final List<ExportError> errors = new CopyOnWriteArrayList<>();
    private FlowExporter exporter = builder().build();

    private ExporterBuilder builder() {
        return new ExporterBuilder().sink(sink).errorListener(errors::add).batchBytes(1);
    }

    @AfterEach
    void theSumsAddUp() {
        exporter.close();
        ExporterCounters counters = exporter.counters();
        assertThat(counters.inFlight()).isZero();
        assertThat(counters.written() + counters.gapLines()).isEqualTo(sink.lines());
        assertThat(counters.bytesWritten() + counters.gapBytes()).isEqualTo(sink.size());
        assertThat(errors.stream().mapToLong(ExportError::events).sum()).isEqualTo(counters.lostTotal());
    }

    @Test
    void everyDoorGivesTheSameLine() {
        byte[] event = EVENT.toByteArray();
        byte[] flow = FLOW.toByteArray();
        byte[] shifted = new byte[event.length + 9];
        System.arraycopy(event, 0, shifted, 5, event.length);
        List<ExportOutcome> outcomes = List.of(
                exporter.export(EVENT),
                exporter.export(GetFlowsResponse.newBuilder()
                        .setFlow(FLOW)
                        .setNodeName("n")
                        .setTime(FLOW.getTime())
                        .build()),
                exporter.export(FLOW),
                exporter.export(event),
                exporter.export(shifted, 5, event.length),
                exporter.export(ByteBuffer.wrap(event)),
                exporter.exportFlow(flow),
                exporter.exportFlow(flow, 0, flow.length),
                exporter.exportFlow(ByteBuffer.wrap(flow)));
        assertThat(outcomes).containsOnly(ExportOutcome.WRITTEN);
        assertThat(sink.text()).isEqualTo(LINE.repeat(outcomes.size()));
    }

    @Test
    void nothingOfTheHostsIsKept() {
        List<WeakReference<Object>> handedIn = new ArrayList<>();
        // Some of these events are copied and some read where they are.
        for (int i = 0; i < 2 * ScanChoice.WINDOW; i++) {
            byte[] bytes = Arrays.copyOf(EVENT.toByteArray(), EVENT.getSerializedSize() + ScannedEvent.SLACK);
            ExportEvent message = EVENT.toBuilder().setNodeName("node " + i).build();
            assertThat(exporter.export(bytes, 0, EVENT.getSerializedSize())).isEqualTo(ExportOutcome.WRITTEN);
            assertThat(exporter.export(message)).isEqualTo(ExportOutcome.WRITTEN);
            handedIn.add(new WeakReference<>(bytes));
            handedIn.add(new WeakReference<>(message));
        }
        for (int i = 0; i < 100 && !handedIn.stream().allMatch(reference -> reference.refersTo(null)); i++) {
            System.gc();
        }
        assertThat(handedIn).allMatch(reference -> reference.refersTo(null));
    }

    @Test
    void filtersSeeWhatTheMaskHides() {
        exporter = builder()
                .allowList("{\"source_pod\":[\"default/xwing\"]}")
                .denyList("{\"verdict\":[\"DROPPED\"]}")
                .fieldMask("time")
                .build();
        assertThat(exporter.export(EVENT)).isEqualTo(ExportOutcome.WRITTEN);
        assertThat(exporter.export(FLOW.toBuilder().setVerdict(Verdict.DROPPED).build()))
                .isEqualTo(ExportOutcome.FILTERED);
        assertThat(exporter.export(FLOW.toBuilder().clearSource().build())).isEqualTo(ExportOutcome.FILTERED);
        assertThat(sink.text())
                .isEqualTo("{\"flow\":{\"time\":\"1970-01-01T00:00:01Z\"},\"time\":\"1970-01-01T00:00:01Z\"}\n");
        assertThat(exporter.counters().filtered()).isEqualTo(2);
    }

    @Test
    void batchesAreWrittenTogether() {
        exporter = builder().batchBytes(2 * LINE.length()).build();
        assertThat(exporter.export(EVENT)).isEqualTo(ExportOutcome.BUFFERED);
        assertThat(exporter.counters().inFlight()).isEqualTo(1);
        assertThat(exporter.export(EVENT)).isEqualTo(ExportOutcome.WRITTEN);
        assertThat(exporter.export(EVENT)).isEqualTo(ExportOutcome.BUFFERED);
        exporter.flush();
        assertThat(exporter.counters().inFlight()).isZero();
        assertThat(sink.batches()).isEqualTo(2);
    }

    @Test
    void damagedBytesCostTheirOwnEvent() {
        byte[] event = EVENT.toByteArray();
        byte[] cut = Arrays.copyOf(event, event.length - 1);
        assertThat(exporter.export(cut)).isEqualTo(ExportOutcome.LOST);
        assertThat(exporter.export(event)).isEqualTo(ExportOutcome.WRITTEN);
        assertThat(sink.text()).isEqualTo(LINE);
        assertThat(exporter.counters().lost(LossReason.UNDECODABLE)).isEqualTo(1);
    }

    @Test
    void damagedBytesAreNeverWrittenInPart() {
        Random random = new Random(41);
        List<ExportEvent> events = ConformanceData.resource("encode/allfields.bin");
        for (int i = 0; i < 5_000; i++) {
            byte[] wire = events.get(random.nextInt(events.size())).toByteArray();
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                wire[random.nextInt(wire.length)] = (byte) random.nextInt();
            }
            // Buffered: this thread was held up so long that the exporter's own one wrote the line.
            assertThat(exporter.export(wire)).isIn(ExportOutcome.WRITTEN, ExportOutcome.BUFFERED, ExportOutcome.LOST);
        }
        exporter.flush();
        assertThat(exporter.counters().lost()).allSatisfy((reason, count) -> {
            if (reason != LossReason.UNDECODABLE && reason != LossReason.UNENCODABLE) {
                assertThat(count).as("%s", reason).isZero();
            }
        });
        assertThat(sink.text().lines())
                .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
    }

    @Test
    void whatHasNoJsonIsLostAsUnencodable() {
        Flow tooEarly = Flow.newBuilder()
                .setTime(Timestamp.newBuilder().setSeconds(Long.MIN_VALUE))
                .build();
        assertThat(exporter.export(tooEarly)).isEqualTo(ExportOutcome.LOST);
        assertThat(exporter.counters().lost(LossReason.UNENCODABLE)).isEqualTo(1);
        assertThat(sink.text()).isEmpty();
    }

    @Test
    void aFailedWriteDoesNotSilenceTheExporter() {
        sink.fault(batch -> {
            throw new IOException("no space left");
        });
        assertThat(exporter.export(EVENT)).isEqualTo(ExportOutcome.LOST);
        sink.fault(batch -> {});
        assertThat(exporter.export(EVENT)).isEqualTo(ExportOutcome.WRITTEN);
        assertThat(exporter.counters().lost(LossReason.WRITE_FAILED)).isEqualTo(1);
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.exporter()).isEqualTo(ExporterBuilder.DEFAULT_NAME);
            assertThat(error.cause()).hasMessage("no space left");
        });
    }

    @Test
    void hooksSeeWhatPassedTheFiltersAndMayStopIt() {
        List<String> seen = new ArrayList<>();
        exporter = builder()
                .denyList("{\"verdict\":[\"DROPPED\"]}")
                .hook(event -> {
                    seen.add("first " + event.event().getNodeName());
                    return event.event().getNodeName().equals("stop") ? Decision.STOP : Decision.CONTINUE;
                })
                .hook(event -> {
                    seen.add("second " + event.event().getNodeName());
                    return Decision.CONTINUE;
                })
                .build();
        exporter.export(FLOW.toBuilder().setVerdict(Verdict.DROPPED).build());
        assertThat(exporter.export(EVENT.toBuilder().setNodeName("stop").build()))
                .isEqualTo(ExportOutcome.STOPPED);
        assertThat(exporter.export(EVENT.toByteArray())).isEqualTo(ExportOutcome.WRITTEN);
        assertThat(exporter.export(FLOW)).isEqualTo(ExportOutcome.WRITTEN);
        assertThat(seen).containsExactly("first stop", "first n", "second n", "first n", "second n");
        assertThat(sink.text()).isEqualTo(LINE + LINE);
        assertThat(exporter.counters().stopped()).isEqualTo(1);
        assertThat(exporter.counters().filtered()).isEqualTo(1);
    }

    @Test
    void aHookMayReplaceTheEvent() {
        exporter = builder()
                .fieldMask("verdict")
                .hook(event -> {
                    event.replace(event.event().toBuilder()
                            .setFlow(Flow.newBuilder()
                                    .setVerdict(Verdict.DROPPED)
                                    .setUuid("u"))
                            .build());
                    return Decision.CONTINUE;
                })
                .build();
        exporter.export(EVENT);
        exporter.exportFlow(FLOW.toByteArray());
        assertThat(sink.text()).isEqualTo("{\"flow\":{\"verdict\":\"DROPPED\"}}\n".repeat(2));
    }

    @Test
    void aHookThatThrowsLosesTheEventOnly() {
        exporter = builder()
                .hook(event -> {
                    if (event.event().getNodeName().equals("bad")) {
                        throw new IOException("lookup failed");
                    }
                    return Decision.CONTINUE;
                })
                .build();
        assertThat(exporter.export(EVENT.toBuilder().setNodeName("bad").build()))
                .isEqualTo(ExportOutcome.LOST);
        assertThat(exporter.export(EVENT)).isEqualTo(ExportOutcome.WRITTEN);
        assertThat(exporter.export(new byte[] {1})).isEqualTo(ExportOutcome.LOST);
        assertThat(exporter.counters().lost(LossReason.HOOK_FAILED)).isEqualTo(1);
        assertThat(exporter.counters().lost(LossReason.UNDECODABLE)).isEqualTo(1);
    }

    @Test
    void aHookThatDoesNotLookCostsNoParse() {
        exporter = builder().hook(event -> Decision.CONTINUE).build();
        assertThat(exporter.export(EVENT.toByteArray())).isEqualTo(ExportOutcome.WRITTEN);
        assertThat(sink.text()).isEqualTo(LINE);
    }

    @Test
    void eventsAfterCloseAreCountedAsClosed() {
        exporter.export(EVENT);
        exporter.close();
        exporter.close();
        assertThat(exporter.export(EVENT)).isEqualTo(ExportOutcome.LOST);
        assertThat(exporter.counters().lost(LossReason.CLOSED)).isEqualTo(1);
        assertThat(sink.closes()).isEqualTo(1);
    }

    @Test
    void rangesOutsideTheArrayAreTheCallersFaultAndCostNothing() {
        assertThatThrownBy(() -> exporter.export(new byte[3], 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(exporter.counters().received()).isZero();
    }

    @Test
    void eventsOfOtherKindsArePrinted() {
        exporter = builder().fieldMask("verdict").nodeName("here").build();
        exporter.export(ExportEvent.newBuilder()
                .setLostEvents(LostEvent.newBuilder().setNumEventsLost(3))
                .build());
        assertThat(sink.text()).isEqualTo("{\"lost_events\":{\"num_events_lost\":\"3\"},\"node_name\":\"here\"}\n");
    }

    @Test
    void manyThreadsExportSideBySide() throws InterruptedException {
        exporter = builder()
                .batchBytes(4096)
                .allowList("{\"reply\":[false]} {\"source_pod\":[\"default/\"]}")
                .build();
        List<ExportEvent> events = ConformanceData.resource("encode/cluster.bin");
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 6; t++) {
            threads.add(new Thread(() -> events.forEach(event -> exporter.export(event.toByteArray()))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        exporter.flush();
        ExporterCounters counters = exporter.counters();
        assertThat(counters.received()).isEqualTo(6L * events.size());
        assertThat(counters.lostTotal()).isZero();
        assertThat(counters.written() % 6).isZero();
        assertThat(counters.written()).isPositive();
    }

    @Test
    void itPrintsWhatItWasBuiltOf() {
        exporter = builder().name("audit").fieldMask("verdict time").build();
        assertThat(exporter.toString()).startsWith("audit:").contains("time,verdict");
        assertThat(exporter.name()).isEqualTo("audit");
    }
}
