package io.github.hubbleexport.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.testkit.OddEncoding;
import io.github.hubbleexport.testkit.RandomEvents;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated scan against the one that looks everything up. */
class EventScannerTest {

    private static final EventSchema SCHEMA = EventSchema.get();
    private static final int EVENTS = 3_000;

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
