package io.github.hubbleexport.wire;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which fields of an event somebody wants, compiled for the scan. Immutable, shared by all threads. */
public final class ScanPlan {

    private static final EventSchema SCHEMA = EventSchema.get();

    private final BitSet wanted;
    private final @Nullable MessageTable[] elements = new MessageTable[SCHEMA.size()];
    private final MessageTable event;
    private final MessageTable flow;

    private ScanPlan(BitSet wanted) {
        this.wanted = wanted;
        this.event = table(SCHEMA.roots());
        this.flow = table(SCHEMA.field("flow").children());
    }

    /**
     * A plan that fills these slots. Wanting a field is wanting the messages around it.
     *
     * @param slots the wanted slots; copied
     * @return the plan
     */
    public static ScanPlan of(BitSet slots) {
        BitSet wanted = new BitSet(SCHEMA.size());
        slots.stream().mapToObj(SCHEMA::field).forEach(field -> want(field, wanted));
        return new ScanPlan(wanted);
    }

    private static void want(SchemaField field, BitSet wanted) {
        for (SchemaField at = field; at != null; at = at.parent()) {
            wanted.set(at.slot());
        }
    }

    MessageTable event() {
        return event;
    }

    MessageTable flow() {
        return flow;
    }

    /** The table of a repeated message's fields, by its slot. */
    @Nullable
    MessageTable element(int slot) {
        return elements[slot];
    }

    private MessageTable table(List<SchemaField> members) {
        List<ScanEntry> entries = new ArrayList<>();
        for (SchemaField member : members) {
            if (wanted.get(member.slot()) || isRivalOfWanted(member, members)) {
                entries.add(entry(member, members));
            }
        }
        return entries.isEmpty() ? MessageTable.EMPTY : new MessageTable(entries);
    }

    /** An unwanted member of a oneof still clears a wanted one, so it has to be seen. */
    private boolean isRivalOfWanted(SchemaField member, List<SchemaField> members) {
        return members.stream().anyMatch(other -> wanted.get(other.slot()) && areRivals(member, other));
    }

    private static boolean areRivals(SchemaField one, SchemaField other) {
        return one != other
                && one.isOneofMember()
                && one.descriptor().getRealContainingOneof()
                        == other.descriptor().getRealContainingOneof();
    }

    private ScanEntry entry(SchemaField field, List<SchemaField> members) {
        BitSet rivals = new BitSet();
        members.stream().filter(other -> areRivals(field, other)).forEach(other -> rivals.set(other.slot()));
        int firstWord = Math.max(0, rivals.nextSetBit(0)) / Long.SIZE;
        long[] words = rivals.get(firstWord * Long.SIZE, SCHEMA.size()).toLongArray();
        MessageTable message = field.kind().isMessage() ? table(field.children()) : null;
        if (field.isRepeated()) {
            elements[field.slot()] = message;
        }
        return new ScanEntry(field, message, firstWord, words);
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
