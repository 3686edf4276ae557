package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.hubbleexport.proto.flow.NetworkInterface;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;
import java.util.List;

/**
 * Network interfaces by index, name or both; what a filter leaves empty is not compared, but the event has to have an
 * interface. Mirrors {@code pkg/hubble/filters/network_interface.go}.
 */
final class Interfaces extends Clause {

    private static final int INTERFACE = Slots.of("flow.interface");
    private static final int INDEX = Slots.of("flow.interface.index");
    private static final int NAME = Slots.of("flow.interface.name");

    private final long[] indexes;
    private final byte[][] names;
    private final List<String> texts;

    Interfaces(FieldScope scope) {
        List<NetworkInterface> wanted = scope.filter().getInterfaceList();
        this.indexes = wanted.stream()
                .mapToLong(one -> Integer.toUnsignedLong(one.getIndex()))
                .toArray();
        this.names = wanted.stream().map(one -> one.getName().getBytes(UTF_8)).toArray(byte[][]::new);
        this.texts = wanted.stream()
                .map(one -> Integer.toUnsignedString(one.getIndex()) + "/" + one.getName())
                .toList();
    }

    @Override
    boolean test(ScannedEvent event) {
        if (!event.has(INTERFACE)) {
            return false;
        }
        long index = event.number(INDEX);
        for (int i = 0; i < indexes.length; i++) {
            if ((indexes[i] == 0 || indexes[i] == index)
                    && (names[i].length == 0 || Workloads.equal(event, NAME, names[i]))) {
                return true;
            }
        }
        return false;
    }

    @Override
    void wants(BitSet slots) {
        slots.set(INTERFACE);
        slots.set(INDEX);
        slots.set(NAME);
    }

    @Override
    Cost cost() {
        return Cost.BYTES;
    }

    @Override
    public String toString() {
        return "interface like " + texts;
    }
}
