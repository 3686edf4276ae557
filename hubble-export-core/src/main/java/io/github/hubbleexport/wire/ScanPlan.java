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

    /** The messages in which something is wanted, and lists: their elements have to be well-formed in any case. */
    private final BitSet entered = new BitSet(SCHEMA.size());

    private final BitSet seen = new BitSet(SCHEMA.size());
    private final long[] wantedWords;
    private final long[] listened;
    private final long[] descended;
    private final long[] numbers = new long[SCHEMA.size() + 1];

    private ScanPlan(BitSet... sets) {
        for (BitSet slots : sets) {
            wanted.or(slots);
        }
        wantWhatIsAround();
        look(SCHEMA.size(), SCHEMA.roots());
        this.wantedWords = words(wanted);
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

    /** From the last slot to the first, in which order no message comes before what it holds. */
    private void wantWhatIsAround() {
        for (int slot = wanted.length() - 1; slot >= 0; slot = wanted.previousSetBit(slot - 1)) {
            SchemaField around = SCHEMA.field(slot).parent();
            if (around != null) {
                wanted.set(around.slot());
                entered.set(around.slot());
            }
        }
    }

    private void look(int message, List<SchemaField> members) {
        for (SchemaField member : members) {
            if (wants(member) || isRivalOfWanted(member, members)) {
                seen.set(member.slot());
                numbers[message] |= 1L << member.descriptor().getNumber();
                if (entered.get(member.slot())) {
                    look(member.slot(), member.children());
                } else if (member.isRepeated()) {
                    entered.set(member.slot());
                }
            }
        }
    }

    boolean wants(SchemaField field) {
        return wanted.get(field.slot());
    }

    /** An unwanted member of a oneof still clears a wanted one, so it has to be seen. */
    boolean isRivalOfWanted(SchemaField member, List<SchemaField> members) {
        if (!member.isOneofMember()) {
            return false;
        }
        for (SchemaField other : members) {
            if (wants(other) && member.isRivalOf(other)) {
                return true;
            }
        }
        return false;
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
