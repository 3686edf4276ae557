package io.github.hubbleexport.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.LostEvent;
import io.github.hubbleexport.proto.flow.Workload;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.Engine;
import io.github.hubbleexport.testkit.OddEncoding;
import io.github.hubbleexport.testkit.RandomEvents;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {

    private static final int EVENTS = 2_000;
    private static final TypeRegistry TYPES = TypeRegistry.newBuilder()
            .add(List.of(BoolValue.getDescriptor(), Flow.getDescriptor()))
            .build();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOfficialLibraryReadsTheEventBack(long seed) throws InvalidProtocolBufferException {
        RandomEvents events = new RandomEvents(seed);
        Engine engine = new Engine(FlowMask.all());
        for (int i = 0; i < EVENTS; i++) {
            ExportEvent event = events.next();
            String line = engine.line(event.toByteArray());
            ExportEvent.Builder back = ExportEvent.newBuilder();
            JsonFormat.parser().usingTypeRegistry(TYPES).merge(line, back);
            assertThat(back.build())
                    .as("event %d of seed %d: %s", i, seed, line)
                    .isEqualTo(event);
            assertThat(line).endsWith("}\n").doesNotContain("<", ">", "&", "\u2028", "\u2029");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void everyEncodingOfAnEventGivesItsLine(long seed) throws InvalidProtocolBufferException {
        RandomEvents events = new RandomEvents(seed);
        OddEncoding odd = new OddEncoding(seed);
        Engine engine = new Engine(FlowMask.all());
        for (int i = 0; i < EVENTS; i++) {
            ExportEvent event = events.next();
            byte[] wire = odd.of(event);
            assertThat(engine.line(wire))
                    .as("event %d of seed %d", i, seed)
                    .isEqualTo(engine.line(ExportEvent.parseFrom(wire)))
                    .isEqualTo(engine.line(event));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time",
                "source",
                "source.pod_name,destination.namespace,verdict",
                "l4.TCP.flags.SYN,l4.UDP",
                "is_reply.value,time.seconds",
                "time.nanos,l7.http.code,trace_context.parent.trace_id",
                "egress_allowed_by,tunnel.l4.TCP,Summary,extensions",
                "extensions.type_url,interface.name,source.workloads"
            })
    void aMaskedLineIsTheLineOfTheMaskedFlow(String paths) {
        RandomEvents events = new RandomEvents(paths.hashCode());
        FlowMask mask = FlowMask.parse(paths);
        Engine masked = new Engine(mask);
        Engine whole = new Engine(FlowMask.all());
        for (int i = 0; i < EVENTS; i++) {
            Flow flow = events.nextFlow().getFlow();
            String line = masked.line(ExportEvent.newBuilder().setFlow(flow).build());
            assertThat(line)
                    .as("flow %d under %s", i, paths)
                    .isEqualTo(whole.lineOfFlow(mask.apply(flow).toByteArray()));
        }
    }

    @Test
    void onlyFlowsAreMasked() {
        ExportEvent lost = ExportEvent.newBuilder()
                .setLostEvents(LostEvent.newBuilder().setNumEventsLost(7))
                .setNodeName("node")
                .build();
        assertThat(new Engine(FlowMask.parse("verdict")).line(lost))
                .isEqualTo("{\"lost_events\":{\"num_events_lost\":\"7\"},\"node_name\":\"node\"}\n");
    }

    @Test
    void aBareFlowGivesItsTimeAndNodeNameToTheEvent() {
        Flow flow = Flow.newBuilder()
                .setNodeName("n1")
                .setTime(Timestamp.newBuilder().setSeconds(1))
                .build();
        assertThat(new Engine(FlowMask.all()).lineOfFlow(flow.toByteArray()))
                .isEqualTo("{\"flow\":{\"time\":\"1970-01-01T00:00:01Z\",\"node_name\":\"n1\"},"
                        + "\"node_name\":\"n1\",\"time\":\"1970-01-01T00:00:01Z\"}\n");
    }

    @Test
    void eventsWithoutANodeNameGetTheConfiguredOne() {
        ExportEvent nameless =
                ExportEvent.newBuilder().setFlow(Flow.newBuilder()).build();
        ExportEvent named = nameless.toBuilder().setNodeName("own").build();
        assertThat(new Engine(FlowMask.all(), "here\"").line(nameless))
                .isEqualTo("{\"flow\":{},\"node_name\":\"here\\\"\"}\n");
        assertThat(new Engine(FlowMask.all(), "here").line(named)).isEqualTo("{\"flow\":{},\"node_name\":\"own\"}\n");
        assertThat(new Engine(FlowMask.parse("node_name"), "here").line(named))
                .isEqualTo("{\"flow\":{},\"node_name\":\"here\"}\n");
        assertThat(new Engine(FlowMask.parse("verdict"), "here").line(named)).isEqualTo("{\"flow\":{}}\n");
    }

    @Test
    void aMessageOnTheWayToAMaskedFieldIsWrittenButNoMemberOfAOneof() {
        ExportEvent empty = ExportEvent.newBuilder().setFlow(Flow.newBuilder()).build();
        assertThat(new Engine(FlowMask.parse("source.pod_name l4.TCP.flags.SYN is_reply")).line(empty))
                .isEqualTo("{\"flow\":{\"l4\":{},\"source\":{}}}\n");
    }

    @Test
    void anEmptyEventIsAnEmptyObject() {
        assertThat(new Engine(FlowMask.all()).line(new byte[0])).isEqualTo("{}\n");
    }

    @Test
    void linesOfAnyLengthAreWhole() {
        Engine engine = new Engine(FlowMask.all());
        for (int length : new int[] {1, 100, 10_000, 1 << 20}) {
            String text = "<".repeat(length);
            ExportEvent event = ExportEvent.newBuilder()
                    .setFlow(Flow.newBuilder().setUuid(text).addNodeLabels(text))
                    .build();
            String escaped = "\\u003c".repeat(length);
            assertThat(engine.line(event.toByteArray()))
                    .isEqualTo("{\"flow\":{\"uuid\":\"" + escaped + "\",\"node_labels\":[\"" + escaped + "\"]}}\n");
        }
    }

    @Test
    void thousandsOfElementsArePrinted() {
        Flow.Builder flow = Flow.newBuilder();
        for (int i = 0; i < 5_000; i++) {
            flow.getSourceBuilder().addWorkloads(Workload.newBuilder().setName("w" + i));
        }
        String line = new Engine(FlowMask.all())
                .line(ExportEvent.newBuilder().setFlow(flow).build());
        assertThat(line).contains("{\"name\":\"w0\"},{\"name\":\"w1\"}").endsWith("{\"name\":\"w4999\"}]}}}\n");
    }

    @Test
    void extensionsOfKnownTypesArePrintedWithTheirType() {
        Any flow = Any.pack(
                Flow.newBuilder().setNodeName("<inner>").setProxyPort(5).build());
        assertThat(lineOf(flow))
                .isEqualTo("{\"flow\":{\"extensions\":{\"@type\":\"type.googleapis.com/flow.Flow\","
                        + "\"node_name\":\"\\u003cinner\\u003e\",\"proxy_port\":5}}}\n");
        assertThat(lineOf(Any.pack(BoolValue.of(true))))
                .isEqualTo("{\"flow\":{\"extensions\":{\"@type\":"
                        + "\"type.googleapis.com/google.protobuf.BoolValue\",\"value\":true}}}\n");
        assertThat(lineOf(Any.getDefaultInstance())).isEqualTo("{\"flow\":{\"extensions\":{}}}\n");
    }

    @Test
    void extensionsOfUnknownTypesCannotBeEncoded() {
        assertThat(lineOf(Any.newBuilder().setTypeUrl("example.com/no.Such").build()))
                .isNull();
        assertThat(lineOf(
                        Any.newBuilder().setValue(ByteString.copyFromUtf8("x")).build()))
                .isNull();
        assertThat(lineOf(Any.newBuilder()
                        .setTypeUrl("x/flow.Flow")
                        .setValue(ByteString.copyFromUtf8("\u0001"))
                        .build()))
                .isNull();
    }

    private static @Nullable String lineOf(Any extensions) {
        return new Engine(FlowMask.all())
                .line(ExportEvent.newBuilder()
                        .setFlow(Flow.newBuilder().setExtensions(extensions))
                        .build());
    }
}
