package io.github.hubbleexport.filter;

import io.github.hubbleexport.problem.Nearest;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Protocols of layers 4 and 7 by name, in any case; {@code icmp} is that of IPv4 or of IPv6. Mirrors
 * {@code pkg/hubble/filters/protocol.go}.
 */
final class Protocols extends Clause {

    private static final Map<String, List<Integer>> SLOTS = new TreeMap<>(Map.ofEntries(
            Map.entry("icmp", List.of(Slots.of("flow.l4.ICMPv4"), Slots.of("flow.l4.ICMPv6"))),
            Map.entry("icmpv4", List.of(Slots.of("flow.l4.ICMPv4"))),
            Map.entry("icmpv6", List.of(Slots.of("flow.l4.ICMPv6"))),
            Map.entry("tcp", List.of(Slots.of("flow.l4.TCP"))),
            Map.entry("udp", List.of(Slots.of("flow.l4.UDP"))),
            Map.entry("sctp", List.of(Slots.of("flow.l4.SCTP"))),
            Map.entry("vrrp", List.of(Slots.of("flow.l4.VRRP"))),
            Map.entry("igmp", List.of(Slots.of("flow.l4.IGMP"))),
            Map.entry("dns", List.of(Slots.of("flow.l7.dns"))),
            Map.entry("http", List.of(Slots.of("flow.l7.http"))),
            Map.entry("kafka", List.of(Slots.of("flow.l7.kafka")))));

    private final int[] anyOf;

    private Protocols(BitSet anyOf) {
        this.anyOf = anyOf.stream().toArray();
    }

    static Clause compile(FieldScope scope) {
        List<String> values = scope.texts();
        BitSet anyOf = new BitSet();
        for (int i = 0; i < values.size(); i++) {
            String name = GoText.toLower(values.get(i));
            List<Integer> slots = SLOTS.get(name);
            if (slots == null) {
                String hint = Nearest.hint(name, SLOTS.keySet());
                scope.refuse(i, values.get(i), "expected one of " + String.join(", ", SLOTS.keySet()) + hint);
            } else {
                slots.forEach(anyOf::set);
            }
        }
        return new Protocols(anyOf);
    }

    @Override
    boolean test(ScannedEvent event) {
        for (int slot : anyOf) {
            if (event.has(slot)) {
                return true;
            }
        }
        return false;
    }

    @Override
    void wants(BitSet slots) {
        for (int slot : anyOf) {
            slots.set(slot);
        }
    }

    @Override
    Cost cost() {
        return Cost.NUMBER;
    }

    @Override
    public String toString() {
        return "one of " + Arrays.stream(anyOf).mapToObj(Slots::name).toList();
    }
}
