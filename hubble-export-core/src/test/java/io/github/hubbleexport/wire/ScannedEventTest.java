package io.github.hubbleexport.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Layer4;
import io.github.hubbleexport.proto.flow.TCP;
import io.github.hubbleexport.proto.flow.UDP;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.OddEncoding;
import io.github.hubbleexport.testkit.RandomEvents;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScannedEventTest {

    private static final EventSchema SCHEMA = EventSchema.get();

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void slotsHoldWhatProtobufParses(long seed) throws InvalidProtocolBufferException {
        RandomEvents events = new RandomEvents(seed);
        OddEncoding odd = new OddEncoding(seed);
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            BitSet wanted = randomSlots(random);
            byte[] wire = odd.of(events.next());
            ExportEvent expected = ExportEvent.parseFrom(wire);
            ScannedEvent event = scanned(wire, wanted);
            wanted.stream()
                    .mapToObj(SCHEMA::field)
                    .filter(field -> !isInRepeated(field))
                    .forEach(field -> check(event, field, valueOf(expected, field)));
        }
    }

    private static BitSet randomSlots(Random random) {
        BitSet slots = new BitSet();
        int count = 1 + random.nextInt(SCHEMA.size());
        for (int i = 0; i < count; i++) {
            slots.set(random.nextInt(SCHEMA.size()));
        }
        return slots;
    }

    private static boolean isInRepeated(SchemaField field) {
        SchemaField parent = field.parent();
        return parent != null && (parent.isRepeated() || isInRepeated(parent));
    }

    private static ScannedEvent scanned(byte[] wire, BitSet wanted) throws InvalidProtocolBufferException {
        ScannedEvent event = new ScannedEvent(ScanPlan.of(wanted));
        event.load(wire, 0, wire.length, false);
        ScanResult result = event.scan();
        if (result == ScanResult.NEEDS_PARSING) {
            event.parse();
            result = event.scan();
        }
        assertThat(result).isEqualTo(ScanResult.COMPLETE);
        return event;
    }

    /** The value at a field's place in a message, or null when it is not there. */
    private static @Nullable Object valueOf(Message event, SchemaField field) {
        SchemaField parent = field.parent();
        Object around = parent == null ? event : valueOf(event, parent);
        if (around == null) {
            return null;
        }
        Message message = (Message) around;
        boolean there = field.isRepeated()
                ? message.getRepeatedFieldCount(field.descriptor()) > 0
                : !field.kind().isMessage() || message.hasField(field.descriptor());
        return there ? message.getField(field.descriptor()) : null;
    }

    private static void check(ScannedEvent event, SchemaField field, @Nullable Object value) {
        if (field.isRepeated()) {
            assertThat(elements(event, field)).as(field.path()).isEqualTo(value == null ? List.of() : bytesOf(value));
        } else if (field.kind().isMessage()) {
            assertThat(event.has(field.slot())).as(field.path()).isEqualTo(value != null);
        } else if (field.kind().isNumber()) {
            assertThat(event.number(field.slot()))
                    .as(field.path())
                    .isEqualTo(value == null ? 0 : numberOf(field, value));
        } else {
            ByteString bytes =
                    ByteString.copyFrom(event.bytes(), event.offset(field.slot()), event.length(field.slot()));
            assertThat(bytes).as(field.path()).isEqualTo(value == null ? ByteString.EMPTY : bytesOfOne(value));
        }
    }

    private static List<ByteString> elements(ScannedEvent event, SchemaField field) {
        List<ByteString> elements = new ArrayList<>();
        long element = event.firstElement(field.slot());
        while (element != WireFields.NONE) {
            ByteString bytes =
                    ByteString.copyFrom(event.bytes(), WireFields.offset(element), WireFields.length(element));
            elements.add(field.kind().isMessage() ? canonical(field, bytes) : bytes);
            element = event.nextElement(field.slot(), element);
        }
        return elements;
    }

    private static ByteString canonical(SchemaField field, ByteString bytes) {
        try {
            return DynamicMessage.parseFrom(field.descriptor().getMessageType(), bytes).toBuilder()
                    .setUnknownFields(UnknownFieldSet.getDefaultInstance())
                    .build()
                    .toByteString();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static List<ByteString> bytesOf(Object list) {
        return ((List<?>) list).stream().map(ScannedEventTest::bytesOfOne).toList();
    }

    private static ByteString bytesOfOne(Object value) {
        if (value instanceof Message message) {
            return message.toBuilder()
                    .setUnknownFields(UnknownFieldSet.getDefaultInstance())
                    .build()
                    .toByteString();
        }
        return value instanceof String text ? ByteString.copyFromUtf8(text) : (ByteString) value;
    }

    private static long numberOf(SchemaField field, Object value) {
        return switch (field.kind()) {
            case BOOL -> (boolean) value ? 1 : 0;
            case INT32 -> (int) value;
            case UINT32 -> (int) value & 0xffffffffL;
            case ENUM -> ((EnumValueDescriptor) value).getNumber();
            default -> (long) value;
        };
    }

    @Test
    void everyCutOfAnEventIsMalformedOrAnEvent() throws InvalidProtocolBufferException {
        RandomEvents events = new RandomEvents(31);
        BitSet all = new BitSet();
        all.set(0, SCHEMA.size());
        ScannedEvent scratch = new ScannedEvent(ScanPlan.of(all));
        for (int i = 0; i < 30; i++) {
            byte[] wire = events.next().toByteArray();
            for (int cut = 0; cut <= wire.length; cut++) {
                scratch.load(wire, 0, cut, false);
                boolean complete = scratch.scan() == ScanResult.COMPLETE;
                assertThat(complete).as("event %d cut at %d", i, cut).isEqualTo(parses(wire, cut));
            }
        }
    }

    private static boolean parses(byte[] wire, int length) {
        try {
            ExportEvent.parser().parseFrom(wire, 0, length);
            return true;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    @Test
    void theLastMemberOfAOneofStaysEvenWhenOnlyAnotherIsWanted() throws InvalidProtocolBufferException {
        Layer4 tcp =
                Layer4.newBuilder().setTCP(TCP.newBuilder().setSourcePort(1)).build();
        Layer4 udp =
                Layer4.newBuilder().setUDP(UDP.newBuilder().setSourcePort(2)).build();
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.writeBytes(flow(tcp));
        twice.writeBytes(flow(udp));
        SchemaField port = SCHEMA.field("flow.l4.TCP.source_port");
        ScannedEvent event = scanned(twice.toByteArray(), slots(port));
        assertThat(event.has(port.slot())).isFalse();
        assertThat(scanned(flow(tcp), slots(port)).number(port.slot())).isEqualTo(1);
    }

    private static byte[] flow(Layer4 l4) {
        return ExportEvent.newBuilder()
                .setFlow(Flow.newBuilder().setL4(l4))
                .build()
                .toByteArray();
    }

    private static BitSet slots(SchemaField... fields) {
        BitSet slots = new BitSet();
        for (SchemaField field : fields) {
            slots.set(field.slot());
        }
        return slots;
    }

    @Test
    void everyDoorLeadsToTheSameSlots() {
        SchemaField pod = SCHEMA.field("flow.source.pod_name");
        Flow flow = Flow.newBuilder()
                .setSource(Endpoint.newBuilder().setPodName("xwing"))
                .build();
        ExportEvent whole = ExportEvent.newBuilder().setFlow(flow).build();
        ScannedEvent event = new ScannedEvent(ScanPlan.of(slots(pod)));

        event.load(flow.toByteArray(), 0, flow.getSerializedSize(), true);
        assertThat(text(event, pod)).isEqualTo("xwing");
        event.load(flow, true);
        assertThat(text(event, pod)).isEqualTo("xwing");
        event.load(whole, false);
        assertThat(text(event, pod)).isEqualTo("xwing");

        ByteBuffer direct = ByteBuffer.allocateDirect(100).put(new byte[3]).put(whole.toByteArray());
        direct.flip().position(3);
        event.load(direct, false);
        assertThat(text(event, pod)).isEqualTo("xwing");
        assertThat(direct.position()).isEqualTo(3);

        ByteBuffer readOnly = ByteBuffer.wrap(whole.toByteArray()).asReadOnlyBuffer();
        event.load(readOnly, false);
        assertThat(text(event, pod)).isEqualTo("xwing");
    }

    private static String text(ScannedEvent event, SchemaField field) {
        assertThat(event.scan()).isEqualTo(ScanResult.COMPLETE);
        return new String(
                event.bytes(), event.offset(field.slot()), event.length(field.slot()), StandardCharsets.UTF_8);
    }

    @Test
    void whatIsBorrowedIsReadWhereItIsUntilItIsReleased() {
        SchemaField node = SCHEMA.field("node_name");
        byte[] wire = ExportEvent.newBuilder().setNodeName("deathstar").build().toByteArray();
        ScannedEvent event = new ScannedEvent(ScanPlan.of(slots(node)));
        for (int behind = 0; behind <= 2 * ScannedEvent.SLACK; behind++) {
            byte[] host = new byte[3 + wire.length + behind];
            Arrays.fill(host, (byte) 0xff);
            System.arraycopy(wire, 0, host, 3, wire.length);
            byte[] before = host.clone();
            event.borrow(host, 3, wire.length, false);
            assertThat(text(event, node)).isEqualTo("deathstar");
            assertThat(event.bytes() == host)
                    .as("read in place with %s bytes behind", behind)
                    .isEqualTo(behind >= ScannedEvent.SLACK);
            assertThat(host).isEqualTo(before);
            event.release();
            assertThat(event.bytes()).isNotSameAs(host);
        }
    }

    @Test
    void aBorrowedRangeLiesInItsArray() {
        ScannedEvent event = new ScannedEvent(ScanPlan.of(new BitSet()));
        int[][] ranges = {{-1, 1}, {0, -1}, {0, 101}, {100, 1}, {101, 0}, {Integer.MAX_VALUE, 1}, {Integer.MIN_VALUE, 1}
        };
        for (int[] range : ranges) {
            assertThatThrownBy(() -> event.borrow(new byte[100], range[0], range[1], false))
                    .as("%s bytes from %s on", range[1], range[0])
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void theEventOfAnotherIsTakenInWhateverFormItHas() throws InvalidProtocolBufferException {
        SchemaField node = SCHEMA.field("node_name");
        ExportEvent whole = ExportEvent.newBuilder().setNodeName("n").build();
        byte[] host = Arrays.copyOf(whole.toByteArray(), 100);
        ScannedEvent source = new ScannedEvent(ScanPlan.of(new BitSet()));
        ScannedEvent event = new ScannedEvent(ScanPlan.of(slots(node)));
        source.borrow(host, 0, whole.getSerializedSize(), false);
        event.load(source);
        assertThat(text(event, node)).isEqualTo("n");
        assertThat(event.bytes()).isNotSameAs(host);
        source.load(whole, false);
        event.load(source);
        assertThat(text(event, node)).isEqualTo("n");
        assertThat(event.event()).isSameAs(whole);
        event.release();
        assertThat(event.event()).isEqualTo(ExportEvent.getDefaultInstance());
    }

    @Test
    void anotherPlanReadsTheSameBytes() {
        SchemaField pod = SCHEMA.field("flow.source.pod_name");
        SchemaField node = SCHEMA.field("node_name");
        ScannedEvent event = new ScannedEvent(ScanPlan.of(slots(pod)));
        event.load(ExportEvent.newBuilder().setNodeName("n").build(), false);
        assertThat(event.scan(ScanPlan.of(slots(node)))).isEqualTo(ScanResult.COMPLETE);
        assertThat(event.length(node.slot())).isEqualTo(1);
        assertThat(event.scan()).isEqualTo(ScanResult.COMPLETE);
        assertThat(event.has(node.slot())).isFalse();
    }

    @Test
    void slotsFollowTheOrderOfDeclaration() {
        for (int slot = 0; slot < SCHEMA.size(); slot++) {
            SchemaField field = SCHEMA.field(slot);
            assertThat(field.slot()).isEqualTo(slot);
            assertThat(SCHEMA.field(field.path())).isSameAs(field);
            for (SchemaField child : field.children()) {
                assertThat(child.slot()).isGreaterThan(slot).isLessThan(field.subtreeEnd());
            }
        }
    }
}
