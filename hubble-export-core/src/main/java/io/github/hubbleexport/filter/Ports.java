package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Ports of TCP, UDP and SCTP, whose lower 16 bits count. Mirrors {@code pkg/hubble/filters/port.go}.
 */
final class Ports extends Clause {

    private static final int HIGHEST = 0xffff;
    private static final int NOT_A_PORT = -1;
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");

    private final String name;
    private final int[] messages;
    private final int[] slots;
    private final NumberSet wanted;

    private Ports(String name, NumberSet wanted) {
        this.name = name;
        this.messages = PROTOCOLS.stream()
                .mapToInt(protocol -> Slots.of("flow.l4." + protocol))
                .toArray();
        this.slots = PROTOCOLS.stream()
                .mapToInt(protocol -> Slots.of("flow.l4." + protocol + "." + name))
                .toArray();
        this.wanted = wanted;
    }

    static Clause compile(FieldScope scope, String name) {
        List<String> values = scope.texts();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            int port = port(values.get(i));
            ports.add(port);
            if (port == NOT_A_PORT) {
                scope.refuse(i, values.get(i), "expected a number from 0 to " + HIGHEST + " in decimal digits");
            }
        }
        return new Ports(name, NumberSet.of(ports));
    }

    /** As Go's {@code strconv.ParseUint} reads 16 bits: digits only, zeros in front allowed. */
    private static int port(String text) {
        int port = text.isEmpty() ? NOT_A_PORT : 0;
        for (int i = 0; i < text.length() && port != NOT_A_PORT; i++) {
            char c = text.charAt(i);
            int next = port * 10 + c - '0';
            port = c < '0' || c > '9' || next > HIGHEST ? NOT_A_PORT : next;
        }
        return port;
    }

    @Override
    boolean test(ScannedEvent event) {
        for (int i = 0; i < messages.length; i++) {
            if (event.has(messages[i])) {
                return wanted.contains(event.number(slots[i]) & HIGHEST);
            }
        }
        return false;
    }

    @Override
    void wants(BitSet wantedSlots) {
        for (int i = 0; i < messages.length; i++) {
            wantedSlots.set(messages[i]);
            wantedSlots.set(slots[i]);
        }
    }

    @Override
    Cost cost() {
        return Cost.NUMBER;
    }

    @Override
    public String toString() {
        return name + " in " + wanted;
    }
}
