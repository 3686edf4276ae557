package io.github.hubbleexport.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnknownFieldSet;
import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.proto.observer.GetFlowsResponse;
import io.github.hubbleexport.testkit.RandomEvents;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slots from a message against those from the bytes that protobuf-java makes of it. */
class MessageSlotsTest {

    private static final EventSchema SCHEMA = EventSchema.get();
    private static final int EVENTS = 2_000;

    private int textsSeen;
    private int elementsSeen;

    @ParameterizedTest
    @ValueSource(longs = {81, 82, 83})
    void aMessageFillsTheSlotsThatItsBytesFill(long seed) throws InvalidProtocolBufferException {
        RandomEvents events = new RandomEvents(seed);
        Random random = new Random(seed);
        for (int i = 0; i < EVENTS; i++) {
            ExportEvent event = i % 2 == 0 ? events.next() : events.nextFlow();
            ScanPlan plan = EventScannerTest.randomPlan(random);
            String what = "event " + i + " of seed " + seed;
            check(what, event, plan, false);
            check(what, event.getFlow(), plan, true);
            check(what, response(event), plan, false);
        }
        assertThat(textsSeen).isGreaterThan(EVENTS);
        assertThat(elementsSeen).isGreaterThan(EVENTS);
    }

    /** As much of an event as a response can hold. */
    private static GetFlowsResponse response(ExportEvent event) throws InvalidProtocolBufferException {
        GetFlowsResponse response = GetFlowsResponse.parseFrom(event.toByteArray());
        return response.toBuilder()
                .setUnknownFields(UnknownFieldSet.getDefaultInstance())
                .build();
    }

    @Test
    void everyFieldIsTaken() {
        for (int slot = 0; slot < SCHEMA.size(); slot++) {
            SchemaField field = SCHEMA.field(slot);
            ExportEvent event = (ExportEvent) with(field, ExportEvent.newBuilder());
            assertThat(event.getSerializedSize()).as("an event with %s", field).isPositive();
            check("an event with " + field, event, plan(field), false);
        }
    }

    /** A message of which one field has a value, or an element. */
    private static Message with(SchemaField field, Message.Builder event) {
        if (field.parent() == null) {
            return set(field, event);
        }
        // From the outside in, so that a builder is at hand; from the inside out, to put it into the one around it.
        Message.Builder around = builderOf(field.parent(), event);
        Message inner = set(field, around);
        for (SchemaField at = field.parent(); at != null; at = at.parent()) {
            Message.Builder outer = at.parent() == null ? event : builderOf(at.parent(), event);
            inner = put(at, outer, inner).build();
        }
        return inner;
    }

    private static Message.Builder builderOf(SchemaField message, Message.Builder event) {
        Message.Builder around = message.parent() == null ? event : builderOf(message.parent(), event);
        return around.newBuilderForField(message.descriptor());
    }

    private static Message set(SchemaField field, Message.Builder message) {
        FieldDescriptor descriptor = field.descriptor();
        Object value = switch (field.kind()) {
            case BOOL -> true;
            case INT32, UINT32 -> -7;
            case INT64, UINT64 -> -7L;
            case ENUM -> descriptor.getEnumType().findValueByNumberCreatingIfUnknown(77);
            case STRING -> "text";
            case BYTES -> ByteString.copyFromUtf8("bytes");
            default -> message.newBuilderForField(descriptor).build();
        };
        return put(field, message, value).build();
    }

    private static Message.Builder put(SchemaField field, Message.Builder message, Object value) {
        return field.isRepeated()
                ? message.addRepeatedField(field.descriptor(), value)
                : message.setField(field.descriptor(), value);
    }

    /** As the JSON of the message itself; a parser makes such members only of bytes of the wrong type. */
    @Test
    void whatIsUnknownInAMessageIsNotLookedAt() {
        UnknownFieldSet another = UnknownFieldSet.newBuilder()
                .addField(
                        ExportEvent.NODE_NAME_FIELD_NUMBER,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(Endpoint.newBuilder()
                                        .setPodName("x")
                                        .build()
                                        .toByteString())
                                .build())
                .build();
        ExportEvent event = ExportEvent.newBuilder()
                .setNodeName("n")
                .setUnknownFields(another)
                .build();
        SchemaField name = SCHEMA.field("node_name");
        assertThat(text(scanned(event, plan(name)), name)).isEqualTo("n");
    }

    @Test
    void halfACharacterBecomesAQuestionMarkAsInTheBytes() {
        Endpoint source = Endpoint.newBuilder()
                .setPodName("half \ud83d")
                .addLabels("whole \ud83d\ude00")
                .addLabels("half \ude00 of one")
                .build();
        Flow flow = Flow.newBuilder().setSource(source).build();
        SchemaField labels = SCHEMA.field("flow.source.labels");
        SchemaField pod = SCHEMA.field("flow.source.pod_name");
        check("half a character", flow, plan(labels, pod), true);
        ScannedEvent event = new ScannedEvent(plan(pod));
        event.load(flow, true);
        ScanResult unused = event.scan();
        assertThat(text(event, pod)).isEqualTo("half ?");
    }

    @Test
    void textsOfAnyLengthFindRoom() {
        for (int length : new int[] {1, 127, 128, 4_000, 4_096, 16_383, 16_384, 3_000_000}) {
            Endpoint.Builder source = Endpoint.newBuilder()
                    .setNamespace("ä".repeat(length))
                    .setPodName("p".repeat(length))
                    .addLabels("l".repeat(length))
                    .addLabels("ö".repeat(length))
                    .addLabels("");
            source.addWorkloadsBuilder().setKind("w".repeat(length));
            check("texts of " + length, Flow.newBuilder().setSource(source).build(), wholeEndpoint(), true);
        }
    }

    @Test
    void aCharacterOfAnySizeIsFoundAtAnyPlace() {
        for (int length = 1; length <= 40; length++) {
            for (int at = 0; at < length; at++) {
                for (String other : new String[] {"\u0080", "\u00ff", "\u0141", "\uff41", "\ud83d\ude00"}) {
                    String text = "a".repeat(at) + other + "z".repeat(length - at - 1);
                    Endpoint source = Endpoint.newBuilder()
                            .setPodName(text)
                            .addLabels("before")
                            .addLabels(text)
                            .addLabels("behind")
                            .build();
                    check(text, Flow.newBuilder().setSource(source).build(), wholeEndpoint(), true);
                }
            }
        }
    }

    private static ScanPlan wholeEndpoint() {
        BitSet slots = new BitSet();
        SchemaField source = SCHEMA.field("flow.source");
        slots.set(source.slot(), source.subtreeEnd());
        return ScanPlan.of(slots);
    }

    @Test
    void oneEventAfterTheOtherFindsTheSlotsEmpty() {
        RandomEvents events = new RandomEvents(84);
        BitSet all = new BitSet();
        all.set(0, SCHEMA.size());
        ScannedEvent reused = new ScannedEvent(ScanPlan.of(all));
        for (int i = 0; i < 200; i++) {
            ExportEvent event = events.next();
            reused.load(event, false);
            ScanResult unused = reused.scan();
            assertThat(reused.present())
                    .as("what event %s has", i)
                    .isEqualTo(scanned(event, ScanPlan.of(all)).present());
        }
    }

    private static ScanPlan plan(SchemaField... fields) {
        BitSet slots = new BitSet();
        Arrays.stream(fields).forEach(field -> slots.set(field.slot()));
        return ScanPlan.of(slots);
    }

    private static ScannedEvent scanned(ExportEvent event, ScanPlan plan) {
        ScannedEvent scanned = new ScannedEvent(plan);
        scanned.load(event, false);
        assertThat(scanned.scan()).isEqualTo(ScanResult.COMPLETE);
        return scanned;
    }

    private void check(String what, Message message, ScanPlan plan, boolean bareFlow) {
        ScannedEvent fromMessage = new ScannedEvent(plan);
        fromMessage.load(message, bareFlow);
        assertThat(fromMessage.scan()).as(what).isEqualTo(ScanResult.COMPLETE);
        ScannedEvent fromBytes = new ScannedEvent(plan);
        byte[] wire = ((MessageLite) message).toByteArray();
        fromBytes.load(wire, 0, wire.length, bareFlow);
        assertThat(fromBytes.scan()).as(what).isEqualTo(ScanResult.COMPLETE);
        for (SchemaField root : SCHEMA.roots()) {
            checkSlot(what, fromMessage, fromBytes, plan, root);
        }
    }

    private void checkSlot(String what, ScannedEvent event, ScannedEvent expected, ScanPlan plan, SchemaField field) {
        if (!plan.wants(field)) {
            return;
        }
        int slot = field.slot();
        assertThat(event.has(slot)).as("%s: %s is there", what, field).isEqualTo(expected.has(slot));
        if (!event.has(slot)) {
            return;
        }
        if (field.isRepeated()) {
            checkElements(what, event, expected, plan, field);
        } else if (field.kind().isMessage()) {
            field.children().forEach(child -> checkSlot(what, event, expected, plan, child));
        } else if (field.kind().isNumber()) {
            assertThat(event.number(slot)).as("%s: %s", what, field).isEqualTo(expected.number(slot));
        } else {
            textsSeen++;
            assertThat(bytes(event, event.values()[slot]))
                    .as("%s: %s", what, field)
                    .isEqualTo(bytes(expected, expected.values()[slot]));
        }
    }

    private void checkElements(
            String what, ScannedEvent event, ScannedEvent expected, ScanPlan plan, SchemaField field) {
        int slot = field.slot();
        long element = event.firstElement(slot);
        long other = expected.firstElement(slot);
        while (element != WireFields.NONE && other != WireFields.NONE) {
            elementsSeen++;
            assertThat(bytes(event, element))
                    .as("%s: an element of %s", what, field)
                    .isEqualTo(bytes(expected, other));
            if (field.kind().isMessage()) {
                event.scanElement(slot, element);
                expected.scanElement(slot, other);
                field.children().forEach(child -> checkSlot(what, event, expected, plan, child));
            }
            element = event.nextElement(slot, element);
            other = expected.nextElement(slot, other);
        }
        assertThat(element).as("%s: the end of %s", what, field).isEqualTo(WireFields.NONE);
        assertThat(other).as("%s: the end of %s in bytes", what, field).isEqualTo(WireFields.NONE);
    }

    private static byte[] bytes(ScannedEvent event, long place) {
        int offset = WireFields.offset(place);
        return Arrays.copyOfRange(event.bytes(), offset, offset + WireFields.length(place));
    }

    private static String text(ScannedEvent event, SchemaField field) {
        return new String(bytes(event, event.values()[field.slot()]), StandardCharsets.UTF_8);
    }
}
