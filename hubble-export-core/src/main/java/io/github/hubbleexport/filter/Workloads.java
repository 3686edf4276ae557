package io.github.hubbleexport.filter;

import io.github.hubbleexport.proto.flow.Workload;
import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.WireFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Workloads by name, kind or both: one of the endpoint's workloads has to match one of them; what a filter leaves empty
 * is not compared. Mirrors {@code pkg/hubble/filters/workload.go}.
 */
final class Workloads extends Clause {

    private final int slot;
    private final int nameSlot;
    private final int kindSlot;
    private final boolean isAny;
    private final ByteSet names;
    private final ByteSet kinds;
    private final ByteMap<ByteSet> kindsByName;
    private final List<String> texts;

    private Workloads(String endpoint, List<Workload> wanted) {
        this.slot = Slots.of(endpoint + ".workloads");
        this.nameSlot = Slots.of(endpoint + ".workloads.name");
        this.kindSlot = Slots.of(endpoint + ".workloads.kind");
        this.isAny = wanted.stream()
                .anyMatch(one -> one.getName().isEmpty() && one.getKind().isEmpty());
        this.names = ByteSet.of(texts(wanted, Workload::getName, Workload::getKind));
        this.kinds = ByteSet.of(texts(wanted, Workload::getKind, Workload::getName));
        this.kindsByName = kindsByName(wanted);
        this.texts = wanted.stream()
                .map(workload -> workload.getKind() + "/" + workload.getName())
                .toList();
    }

    /** What is not empty of those workloads of which the other part is. */
    private static List<String> texts(
            List<Workload> wanted, Function<Workload, String> part, Function<Workload, String> other) {
        return wanted.stream()
                .filter(one -> other.apply(one).isEmpty())
                .map(part)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static ByteMap<ByteSet> kindsByName(List<Workload> wanted) {
        Map<String, List<String>> texts = new TreeMap<>();
        wanted.stream()
                .filter(one -> !one.getName().isEmpty() && !one.getKind().isEmpty())
                .forEach(one -> texts.computeIfAbsent(one.getName(), unseen -> new ArrayList<>())
                        .add(one.getKind()));
        Map<String, ByteSet> sets = new TreeMap<>();
        texts.forEach((name, ofName) -> sets.put(name, ByteSet.of(ofName)));
        return ByteMap.of(sets);
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
            if (isAny || matches(event)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(ScannedEvent event) {
        byte[] bytes = event.bytes();
        int name = event.offset(nameSlot);
        int nameLength = event.length(nameSlot);
        int kind = event.offset(kindSlot);
        int kindLength = event.length(kindSlot);
        if (names.contains(bytes, name, nameLength) || kinds.contains(bytes, kind, kindLength)) {
            return true;
        }
        ByteSet ofName = kindsByName.get(bytes, name, nameLength);
        return ofName != null && ofName.contains(bytes, kind, kindLength);
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
