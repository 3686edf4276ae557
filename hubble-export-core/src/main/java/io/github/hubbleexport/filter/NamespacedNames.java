package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pods and services by namespace and the beginning of their name: {@code namespace/prefix}. Without a slash the
 * namespace is {@code default}, an empty namespace stands for all, an empty prefix for every name. Mirrors
 * {@code pkg/hubble/filters/k8s.go} and {@code pkg/hubble/k8s/utils.go}.
 */
final class NamespacedNames extends Clause {

    private static final String DEFAULT_NAMESPACE = "default";

    private final int namespaceSlot;
    private final int nameSlot;
    private final ByteMap<BytePrefixes> byNamespace;
    private final BytePrefixes everywhere;

    private NamespacedNames(int namespaceSlot, int nameSlot, Map<String, List<String>> prefixes) {
        this.namespaceSlot = namespaceSlot;
        this.nameSlot = nameSlot;
        this.everywhere = BytePrefixes.of(prefixes.getOrDefault("", List.of()));
        Map<String, BytePrefixes> named = new TreeMap<>();
        prefixes.forEach((namespace, names) -> named.put(namespace, BytePrefixes.of(names)));
        named.remove("");
        this.byNamespace = ByteMap.of(named);
    }

    static Clause pods(FieldScope scope, String endpoint) {
        return compile(scope, Slots.of(endpoint + ".namespace"), Slots.of(endpoint + ".pod_name"));
    }

    static Clause services(FieldScope scope, String service) {
        return compile(scope, Slots.of(service + ".namespace"), Slots.of(service + ".name"));
    }

    private static Clause compile(FieldScope scope, int namespaceSlot, int nameSlot) {
        Map<String, List<String>> prefixes = new TreeMap<>();
        List<String> values = scope.texts();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            if (value.isEmpty()) {
                scope.refuse(i, value, "expected [namespace/][name], got nothing");
                continue;
            }
            String full = full(value);
            int slash = full.indexOf('/');
            prefixes.computeIfAbsent(full.substring(0, slash), key -> new ArrayList<>())
                    .add(full.substring(slash + 1));
        }
        return new NamespacedNames(namespaceSlot, nameSlot, prefixes);
    }

    /** A value with its namespace and one slash. */
    static String full(String value) {
        // Whatever follows a second slash is ignored upstream.
        String[] parts = value.split("/", -1);
        return parts.length > 1 ? parts[0] + "/" + parts[1] : DEFAULT_NAMESPACE + "/" + value;
    }

    @Override
    boolean test(ScannedEvent event) {
        byte[] bytes = event.bytes();
        int nameOffset = event.offset(nameSlot);
        int nameLength = event.length(nameSlot);
        int namespaceLength = event.length(namespaceSlot);
        if (nameLength == 0 && namespaceLength == 0) {
            return false;
        }
        if (everywhere.begin(bytes, nameOffset, nameLength)) {
            return true;
        }
        BytePrefixes here = byNamespace.get(bytes, event.offset(namespaceSlot), namespaceLength);
        return here != null && here.begin(bytes, nameOffset, nameLength);
    }

    @Override
    void wants(BitSet slots) {
        slots.set(namespaceSlot);
        slots.set(nameSlot);
    }

    @Override
    Cost cost() {
        return Cost.BYTES;
    }

    @Override
    public String toString() {
        return Slots.name(nameSlot) + " in " + byNamespace + ", everywhere " + everywhere;
    }
}
