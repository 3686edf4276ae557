package io.github.hubbleexport.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Workload;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.ClusterEvents;
import io.github.hubbleexport.testkit.OddEncoding;
import io.github.hubbleexport.testkit.RandomEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated scan against the one that looks everything up. */
class EventScannerTest {

    private static final EventSchema SCHEMA = EventSchema.get();
    private static final int EVENTS = 3_000;
    private static final ScanPlan ALL = ScanPlan.of(all());

    private static BitSet all() {
        BitSet slots = new BitSet();
        slots.set(0, SCHEMA.size());
        return slots;
    }

    @Test
    void theGeneratedSlotsAreThoseOfTheSchema() {
        assertThat(EventScanner.SLOTS).isEqualTo(SCHEMA.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {71, 72, 73})
    void scansAsTheTablesSay(long seed) {
        RandomEvents events = new RandomEvents(seed);
        OddEncoding odd = new OddEncoding(seed);
        Random random = new Random(seed);
        Map<ScanResult, Integer> results = new EnumMap<>(ScanResult.class);
        for (int i = 0; i < EVENTS; i++) {
            byte[] wire = i % 2 == 0 ? events.next().toByteArray() : odd.of(events.next());
            damage(wire, random);
            ScanPlan plan = randomPlan(random);
            results.merge(check("event " + i + " of seed " + seed, wire, plan), 1, Integer::sum);
        }
        assertThat(results)
                .hasSize(3)
                .allSatisfy((result, count) -> assertThat(count).isGreaterThan(EVENTS / 100));
    }

    /** Wherever an event is cut off, also in the middle of a field that was where it was expected. */
    @Test
    void scansBeginningsOfEventsAsTheTablesSay() {
        RandomEvents events = new RandomEvents(74);
        Random random = new Random(74);
        for (int i = 0; i < 20; i++) {
            byte[] wire = events.next().toByteArray();
            for (int length = 0; length <= wire.length; length += 1 + wire.length / 500) {
                check("event " + i + ", " + length + " bytes", Arrays.copyOf(wire, length), randomPlan(random));
            }
        }
    }

    /** What follows an event is not read as if it belonged to it, even where it looks like the next field. */
    @Test
    void whatLiesBehindAnEventDoesNotMatter() {
        for (ExportEvent event : ClusterEvents.list(75, 200)) {
            byte[] wire = event.toByteArray();
            byte[] twice = Arrays.copyOf(wire, 2 * wire.length);
            System.arraycopy(wire, 0, twice, wire.length, wire.length);
            ScannedEvent alone = new ScannedEvent(ALL);
            ScannedEvent before = new ScannedEvent(ALL);
            alone.load(wire, 0, wire.length, false);
            before.borrow(twice, 0, wire.length, false);
            assertThat(before.bytes()).isSameAs(twice);
            assertThat(before.scan()).isEqualTo(ScanResult.COMPLETE).isEqualTo(alone.scan());
            assertThat(before.present()).isEqualTo(alone.present());
        }
    }

    /** Where positions and lengths add up to more than an {@code int} holds. Needs as much memory as an array can have. */
    @Test
    void eventsAtTheEndOfTheLargestArrayAreParsed() throws InvalidProtocolBufferException {
        assumeThat(Runtime.getRuntime().maxMemory()).isGreaterThan(3L << 30);
        byte[] wire = ClusterEvents.list(76, 1).get(0).toByteArray();
        byte[] largest = new byte[Integer.MAX_VALUE - 8];
        ScannedEvent event = new ScannedEvent(ALL);
        for (int end : new int[] {ScannedEvent.LARGEST_END, largest.length - ScannedEvent.SLACK}) {
            System.arraycopy(wire, 0, largest, end - wire.length, wire.length);
            event.borrow(largest, end - wire.length, wire.length, false);
            assertThat(event.scan())
                    .isEqualTo(end == ScannedEvent.LARGEST_END ? ScanResult.COMPLETE : ScanResult.NEEDS_PARSING);
            assertThat(event.event()).isEqualTo(ExportEvent.parseFrom(wire));
        }
    }

    @Test
    void theNumbersOfAllLengthsAreRead() {
        for (int bits = 0; bits <= 64; bits++) {
            for (long value : new long[] {bits == 64 ? -1 : (1L << bits) - 1, 1L << bits}) {
                byte[] wire = ExportEvent.newBuilder()
                        .setFlow(Flow.newBuilder()
                                .setTime(Timestamp.newBuilder().setSeconds(value))
                                .setSource(Endpoint.newBuilder().setIdentity((int) value))
                                .setTypeValue((int) value))
                        .build()
                        .toByteArray();
                check("number " + value, wire, ALL);
            }
        }
    }

    /** An event repeats the time of its flow, or nearly, or does not; in all forms that a time can have. */
    @Test
    void theTimesOfEventAndFlowAreRead() throws IOException {
        Random random = new Random(77);
        int repeated = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] ofFlow = time(random);
            byte[] ofEvent = random.nextBoolean() ? ofFlow.clone() : time(random);
            if (ofEvent.length > 0 && random.nextInt(3) == 0) {
                ofEvent[random.nextInt(ofEvent.length)] ^= (byte) (1 << random.nextInt(8));
            }
            repeated += Arrays.equals(ofFlow, ofEvent) ? 1 : 0;
            byte[] flow = bytes(out -> out.writeByteArray(Flow.TIME_FIELD_NUMBER, ofFlow));
            byte[] wire = bytes(out -> {
                out.writeByteArray(ExportEvent.FLOW_FIELD_NUMBER, flow);
                out.writeByteArray(ExportEvent.TIME_FIELD_NUMBER, ofEvent);
            });
            check("times " + i, wire, random.nextBoolean() ? ALL : someOfTimes(random));
        }
        assertThat(repeated).isBetween(2_000, 18_000);
    }

    private static ScanPlan someOfTimes(Random random) {
        BitSet slots = new BitSet();
        for (String member :
                List.of("flow.time.seconds", "flow.time.nanos", "time.seconds", "time.nanos", "flow.time")) {
            slots.set(SCHEMA.field(member).slot(), random.nextBoolean());
        }
        return ScanPlan.of(slots);
    }

    /** Members that are absent, twice there, in any order, of any length, and one that is unknown. */
    private static byte[] time(Random random) throws IOException {
        return bytes(out -> {
            int members = random.nextInt(4);
            for (int i = 0; i < members; i++) {
                out.writeInt64(1 + random.nextInt(3), random.nextLong() >>> random.nextInt(Long.SIZE));
            }
        });
    }

    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    private static byte[] bytes(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.writeTo(out);
        out.flush();
        return bytes.toByteArray();
    }

    /** Lengths of one, two and three bytes, and the ones between which that changes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 126, 127, 128, 129, 16_382, 16_383, 16_384, 16_385, 300_000})
    void theTextsOfAllLengthsAreFound(int length) {
        String text = "x".repeat(length);
        Endpoint source = Endpoint.newBuilder()
                .setPodName(text)
                .addLabels("a")
                .addLabels(text)
                .addLabels("b")
                .addWorkloads(Workload.newBuilder().setName(text))
                .addWorkloads(Workload.newBuilder().setKind(text))
                .build();
        Flow flow = Flow.newBuilder()
                .setUuid(text)
                .setSource(source)
                .addNodeLabels(text)
                .addNodeLabels("c")
                .setNodeName(text)
                .build();
        check("texts", ExportEvent.newBuilder().setFlow(flow).build().toByteArray(), ALL);
    }

    /** Of three events, one is left as it is; the others are changed in a few bytes, which may well stay readable. */
    private static void damage(byte[] wire, Random random) {
        int changes = wire.length == 0 ? 0 : random.nextInt(3);
        for (int change = 0; change < changes; change++) {
            wire[random.nextInt(wire.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    /** Now a few slots, now any number of them. */
    static ScanPlan randomPlan(Random random) {
        BitSet slots = new BitSet();
        int count = 1 + random.nextInt(random.nextBoolean() ? 8 : SCHEMA.size());
        for (int i = 0; i < count; i++) {
            slots.set(random.nextInt(SCHEMA.size()));
        }
        return ScanPlan.of(slots);
    }

    private static ScanResult check(String what, byte[] wire, ScanPlan plan) {
        ScannedEvent event = new ScannedEvent(plan);
        event.load(wire, 0, wire.length, false);
        ScanResult result = event.scan();
        TableScan expected = new TableScan(Arrays.copyOf(wire, wire.length + ScannedEvent.SLACK), plan);
        assertThat(result).as(what).isEqualTo(expected.scan(wire.length));
        if (result == ScanResult.COMPLETE) {
            for (SchemaField root : SCHEMA.roots()) {
                checkSlot(what, event, expected, plan, root);
            }
        }
        return result;
    }

    private static void checkSlot(
            String what, ScannedEvent event, TableScan expected, ScanPlan plan, SchemaField field) {
        if (!plan.wants(field)) {
            return;
        }
        int slot = field.slot();
        assertThat(event.has(slot)).as("%s: %s is there", what, field).isEqualTo(expected.present.get(slot));
        if (!event.has(slot)) {
            return;
        }
        assertThat(event.values()[slot]).as("%s: %s", what, field).isEqualTo(expected.values[slot]);
        if (field.isRepeated()) {
            checkElements(what, event, expected, plan, field);
        } else {
            field.children().forEach(child -> checkSlot(what, event, expected, plan, child));
        }
    }

    private static void checkElements(
            String what, ScannedEvent event, TableScan expected, ScanPlan plan, SchemaField field) {
        assertThat(event.elementsEnd(field.slot()))
                .as("%s: the end of %s", what, field)
                .isEqualTo(expected.lastEnds[field.slot()]);
        long element = field.kind().isMessage() ? event.firstElement(field.slot()) : WireFields.NONE;
        while (element != WireFields.NONE) {
            event.scanElement(field.slot(), element);
            expected.element(field, element);
            field.children().forEach(child -> checkSlot(what, event, expected, plan, child));
            element = event.nextElement(field.slot(), element);
        }
    }
}
