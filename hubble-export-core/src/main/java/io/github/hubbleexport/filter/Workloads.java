package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.hubbleexport.proto.flow.Workload;
import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.WireFields;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Workloads by name, kind or both: one of the endpoint's workloads has to match one of them; what a filter leaves empty
 * is not compared. Mirrors {@code pkg/hubble/filters/workload.go}.
 */
final class Workloads extends Clause {

    private final int slot;
    private final int nameSlot;
    private final int kindSlot;
    private final byte[][] names;
    private final byte[][] kinds;
    private final List<String> texts;

    private Workloads(String endpoint, List<Workload> wanted) {
        this.slot = Slots.of(endpoint + ".workloads");
        this.nameSlot = Slots.of(endpoint + ".workloads.name");
        this.kindSlot = Slots.of(endpoint + ".workloads.kind");
        this.names = bytes(wanted.stream().map(Workload::getName).toList());
        this.kinds = bytes(wanted.stream().map(Workload::getKind).toList());
        this.texts = wanted.stream()
                .map(workload -> workload.getKind() + "/" + workload.getName())
                .toList();
    }

    private static byte[][] bytes(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    static Clause source(FieldScope scope) {
        return new Workloads("flow.source", scope.filter().getSourceWorkloadList());
    }

    static Clause destination(FieldScope scope) {
        return new Workloads("flow.destination", scope.filter().getDestinationWorkloadList());
    }

    @Override
    boolean test(ScannedEvent event) {
        for (long at = event.firstElement(slot); at != WireFields.NONE; at = event.nextElement(slot, at)) {
            event.scanElement(slot, at);
            for (int i = 0; i < names.length; i++) {
                if (matches(event, nameSlot, names[i]) && matches(event, kindSlot, kinds[i])) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matches(ScannedEvent event, int slot, byte[] wanted) {
        return wanted.length == 0 || equal(event, slot, wanted);
    }

    /** Whether the text of a slot is this one; an absent text is empty. */
    static boolean equal(ScannedEvent event, int slot, byte[] wanted) {
        int offset = event.offset(slot);
        return event.length(slot) == wanted.length
                && Arrays.equals(event.bytes(), offset, offset + wanted.length, wanted, 0, wanted.length);
    }

    @Override
    void wants(BitSet slots) {
        slots.set(slot);
        slots.set(nameSlot);
        slots.set(kindSlot);
    }

    @Override
    Cost cost() {
        return Cost.ELEMENTS;
    }

    @Override
    public String toString() {
        return Slots.name(slot) + " like " + texts;
    }
}
