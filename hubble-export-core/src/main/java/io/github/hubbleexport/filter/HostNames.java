package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.WireFields;
import java.util.BitSet;
import java.util.List;

/**
 * Patterns for the names of an endpoint: one of its names has to match one of them, as it is written. Mirrors the names
 * in {@code pkg/hubble/filters/fqdn.go}.
 */
final class HostNames extends Clause {

    private final int slot;
    private final List<Glob> patterns;
    private final ByteSet literals;
    private final Glob[] others;

    private HostNames(int slot, List<Glob> patterns) {
        this.slot = slot;
        this.patterns = patterns;
        this.literals = ByteSet.of(
                patterns.stream().filter(Glob::isLiteral).map(Glob::toString).toList());
        this.others = patterns.stream().filter(pattern -> !pattern.isLiteral()).toArray(Glob[]::new);
    }

    static Clause compile(FieldScope scope, String path) {
        List<String> values = scope.texts();
        for (int i = 0; i < values.size(); i++) {
            String problem = Glob.problem(values.get(i));
            if (problem != null) {
                scope.refuse(i, values.get(i), problem);
            }
        }
        List<Glob> patterns =
                scope.isRefused() ? List.of() : values.stream().map(Glob::of).toList();
        return new HostNames(Slots.of(path), patterns);
    }

    @Override
    boolean test(ScannedEvent event) {
        byte[] bytes = event.bytes();
        for (long name = event.firstElement(slot); name != WireFields.NONE; name = event.nextElement(slot, name)) {
            if (matches(bytes, WireFields.offset(name), WireFields.length(name))) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(byte[] bytes, int offset, int length) {
        if (literals.contains(bytes, offset, length)) {
            return true;
        }
        for (Glob pattern : others) {
            if (pattern.matches(bytes, offset, length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    void wants(BitSet slots) {
        slots.set(slot);
    }

    @Override
    Cost cost() {
        return Cost.ELEMENTS;
    }

    @Override
    public String toString() {
        return Slots.name(slot) + " like " + patterns;
    }
}
