package io.github.hubbleexport.wire;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link EventScanner} does, slowly: one loop for all messages, which looks each field up in the schema. It says what
 * the generated code has to do.
 */
final class TableScan {

    final BitSet present = new BitSet();
    final long[] values = new long[EventSchema.get().size()];
    final int[] lastEnds = new int[EventSchema.get().size()];

    private final byte[] bytes;
    private final ScanPlan plan;

    TableScan(byte[] bytes, ScanPlan plan) {
        this.bytes = bytes;
        this.plan = plan;
    }

    ScanResult scan(int length) {
        return message(EventSchema.get().roots(), 0, length);
    }

    ScanResult element(SchemaField list, long element) {
        present.clear(list.slot() + 1, list.subtreeEnd());
        return message(list.children(), WireFields.offset(element), WireFields.end(element));
    }

    private ScanResult message(List<SchemaField> members, int start, int limit) {
        int position = start;
        while (position < limit) {
            int valueStart = Varint.end(bytes, position);
            if (valueStart < 0 || valueStart > limit || !Skip.isTag(Varint.value(bytes, position, valueStart))) {
                return ScanResult.MALFORMED;
            }
            int tag = (int) Varint.value(bytes, position, valueStart);
            position = Skip.value(bytes, valueStart, limit, tag);
            if (position < 0) {
                return ScanResult.MALFORMED;
            }
            SchemaField member = member(members, tag);
            ScanResult result = member == null ? ScanResult.COMPLETE : take(member, members, valueStart, position);
            if (result != ScanResult.COMPLETE) {
                return result;
            }
        }
        return ScanResult.COMPLETE;
    }

    private @Nullable SchemaField member(List<SchemaField> members, int tag) {
        return members.stream()
                .filter(member -> member.tag() == tag)
                .filter(member -> plan.wants(member) || plan.isRivalOfWanted(member, members))
                .findAny()
                .orElse(null);
    }

    private ScanResult take(SchemaField member, List<SchemaField> members, int valueStart, int end) {
        int slot = member.slot();
        if (member.kind().isNumber()) {
            values[slot] = number(member.kind(), Varint.value(bytes, valueStart, end));
            present.set(slot);
            return ScanResult.COMPLETE;
        }
        int offset = Varint.end(bytes, valueStart);
        boolean again = present.get(slot);
        if (!member.isRepeated() || !again) {
            values[slot] = WireFields.pack(end, end - offset);
        }
        lastEnds[slot] = end;
        present.set(slot);
        return member.kind().isMessage() ? inside(member, members, again, offset, end) : ScanResult.COMPLETE;
    }

    private ScanResult inside(SchemaField member, List<SchemaField> members, boolean again, int offset, int end) {
        if (member.isRepeated()) {
            BitSet before = present.get(0, values.length);
            ScanResult result = message(member.children(), offset, end);
            present.clear(member.slot() + 1, member.subtreeEnd());
            before.clear(0, member.slot() + 1);
            before.clear(member.subtreeEnd(), values.length);
            present.or(before);
            return result;
        }
        boolean descends = member.children().stream().anyMatch(plan::wants);
        boolean hasRival = members.stream().anyMatch(other -> member.isRivalOf(other) && present.get(other.slot()));
        if (hasRival || (again && descends)) {
            return ScanResult.NEEDS_PARSING;
        }
        return descends ? message(member.children(), offset, end) : ScanResult.COMPLETE;
    }

    private static long number(FieldKind kind, long number) {
        return switch (kind) {
            case BOOL -> number == 0 ? 0 : 1;
            case UINT32 -> number & 0xffffffffL;
            case INT32, ENUM -> (int) number;
            default -> number;
        };
    }
}
