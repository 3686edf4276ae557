package io.github.hubbleexport.wire;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which fields of an event somebody wants. The scan takes down every scalar and text that it passes, since that costs less
 * than asking; of messages it only goes into those in which something is wanted. Immutable, shared by all threads.
 */
public final class ScanPlan {

    private static final EventSchema SCHEMA = EventSchema.get();

    private final BitSet wanted = new BitSet(SCHEMA.size());
    private final long[] wantedWords;
    private final long[] listened;
    private final long[] descended;
    private final long[] numbers = new long[SCHEMA.size() + 1];

    private ScanPlan(BitSet... sets) {
        for (BitSet slots : sets) {
            slots.stream().mapToObj(SCHEMA::field).forEach(this::want);
        }
        this.wantedWords = words(wanted);
        BitSet seen = new BitSet(SCHEMA.size());
        BitSet entered = new BitSet(SCHEMA.size());
        look(SCHEMA.size(), SCHEMA.roots(), seen, entered);
        this.listened = words(seen);
        this.descended = words(entered);
    }

    /**
     * A plan that fills these slots. Wanting a field is wanting the messages around it.
     *
     * @param slots the wanted slots, in one set or several; copied
     * @return the plan
     */
    public static ScanPlan of(BitSet... slots) {
        return new ScanPlan(slots);
    }

    private void want(SchemaField field) {
        for (SchemaField at = field; at != null; at = at.parent()) {
            wanted.set(at.slot());
        }
    }

    private void look(int message, List<SchemaField> members, BitSet seen, BitSet entered) {
        for (SchemaField member : members) {
            if (wants(member) || isRivalOfWanted(member, members)) {
                seen.set(member.slot());
                numbers[message] |= 1L << member.descriptor().getNumber();
                // Elements are looked into in any case, to know that they are well-formed.
                entered.set(
                        member.slot(),
                        member.isRepeated() || member.children().stream().anyMatch(this::wants));
                look(member.slot(), member.children(), seen, entered);
            }
        }
    }

    boolean wants(SchemaField field) {
        return wanted.get(field.slot());
    }

    /** An unwanted member of a oneof still clears a wanted one, so it has to be seen. */
    boolean isRivalOfWanted(SchemaField member, List<SchemaField> members) {
        return members.stream().anyMatch(other -> wants(other) && member.isRivalOf(other));
    }

    /** The set of wanted slots, 64 to a word; not to be changed. */
    long[] wantedWords() {
        return wantedWords;
    }

    /** The set of the messages whose presence counts, 64 slots to a word; not to be changed. */
    long[] listened() {
        return listened;
    }

    /** The set of the messages that the scan goes into. */
    long[] descended() {
        return descended;
    }

    /**
     * The numbers of the fields of a message that the scan has to look at, by the message's slot; the event itself comes
     * after the last one. Numbers that differ by 64 share a bit.
     */
    long[] numbers() {
        return numbers;
    }

    private static long[] words(BitSet set) {
        return Arrays.copyOf(set.toLongArray(), SCHEMA.words());
    }

    /** The wanted fields by name, for people. */
    @Override
    public String toString() {
        return wanted.stream()
                .mapToObj(slot -> SCHEMA.field(slot).path())
                .toList()
                .toString();
    }
}
