package io.github.hubbleexport.filter;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.github.hubbleexport.proto.flow.TCPFlags;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;
import java.util.List;

/**
 * Flags of TCP: all flags of one of the filter's sets have to be set, others may be. An empty set is content with any
 * flags message. Mirrors {@code pkg/hubble/filters/tcp.go}.
 */
final class TcpFlagSets extends Clause {

    private static final String PATH = "flow.l4.TCP.flags";
    private static final int FLAGS = Slots.of(PATH);
    private static final List<FieldDescriptor> FIELDS = TCPFlags.getDescriptor().getFields();
    private static final int[] SLOTS = FIELDS.stream()
            .mapToInt(flag -> Slots.of(PATH + "." + flag.getName()))
            .toArray();

    private final int[] wanted;

    TcpFlagSets(FieldScope scope) {
        wanted = scope.filter().getTcpFlagsList().stream()
                .mapToInt(TcpFlagSets::mask)
                .distinct()
                .toArray();
    }

    private static int mask(TCPFlags flags) {
        int mask = 0;
        for (int i = 0; i < FIELDS.size(); i++) {
            mask |= (Boolean) flags.getField(FIELDS.get(i)) ? 1 << i : 0;
        }
        return mask;
    }

    @Override
    boolean test(ScannedEvent event) {
        if (!event.has(FLAGS)) {
            return false;
        }
        int flags = 0;
        for (int i = 0; i < SLOTS.length; i++) {
            flags |= (int) event.number(SLOTS[i]) << i;
        }
        for (int mask : wanted) {
            if ((flags & mask) == mask) {
                return true;
            }
        }
        return false;
    }

    @Override
    void wants(BitSet wantedSlots) {
        wantedSlots.set(FLAGS);
        for (int slot : SLOTS) {
            wantedSlots.set(slot);
        }
    }

    @Override
    Cost cost() {
        return Cost.NUMBER;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("tcp_flags like");
        for (int mask : wanted) {
            text.append(" {");
            BitSet.valueOf(new long[] {mask}).stream()
                    .forEach(i -> text.append(text.charAt(text.length() - 1) == '{' ? "" : " ")
                            .append(FIELDS.get(i).getName()));
            text.append('}');
        }
        return text.toString();
    }
}
