package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tests by the namespace and the beginning of the name of a pod or service, {@code namespace/prefix}. */
final class NameIndex implements EventTest {

    private final int namespaceSlot;
    private final int nameSlot;
    private final ByteMap<Postings> byNamespace;
    private final Postings everywhere;

    /**
     * An index.
     *
     * @param tests by texts with exactly one slash; without anything before it they stand for all namespaces
     */
    NameIndex(String parent, String name, Map<String, List<EventTest>> tests) {
        this.namespaceSlot = Slots.of(parent + ".namespace");
        this.nameSlot = Slots.of(parent + "." + name);
        Map<String, Map<String, List<EventTest>>> split = new TreeMap<>();
        tests.forEach((text, ofText) -> {
            int slash = text.indexOf('/');
            split.computeIfAbsent(text.substring(0, slash), unseen -> new TreeMap<>())
                    .put(text.substring(slash + 1), ofText);
        });
        Map<String, List<EventTest>> ofAll = split.remove("");
        this.everywhere = Postings.of(ofAll == null ? Map.of() : ofAll);
        Map<String, Postings> named = new HashMap<>();
        split.forEach((namespace, ofNames) -> named.put(namespace, Postings.of(ofNames)));
        this.byNamespace = ByteMap.of(named);
    }

    @Override
    public boolean test(ScannedEvent event) {
        int offset = event.offset(nameSlot);
        int length = event.length(nameSlot);
        Postings here = byNamespace.get(event.bytes(), event.offset(namespaceSlot), event.length(namespaceSlot));
        return (here != null && here.passBeginning(event, offset, length))
                || everywhere.passBeginning(event, offset, length);
    }
}
