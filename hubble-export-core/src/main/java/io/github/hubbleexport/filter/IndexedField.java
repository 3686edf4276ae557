package io.github.hubbleexport.filter;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A field of a filter under whose values tests can be looked up.
 *
 * @param keys for one value, alternatives of which each holds: an event that the value selects shows one of its keys
 * @param index makes an index of tests by key; it runs a test for every event that shows one of the test's keys
 */
record IndexedField(
        FieldDescriptor field,
        Function<Object, List<List<String>>> keys,
        Function<Map<String, List<EventTest>>, EventTest> index) {

    private static final long PORT_BITS = 0xffff;
    private static final long ALL_BITS = -1;

    private static final List<IndexedField> ALL = List.of(
            text("uuid", Slots.UUID),
            text("trace_id", Slots.TRACE_ID),
            text("source_cluster_name", Slots.of("flow.source.cluster_name")),
            text("destination_cluster_name", Slots.of("flow.destination.cluster_name")),
            names("source_pod", "flow.source", "pod_name"),
            names("destination_pod", "flow.destination", "pod_name"),
            names("source_service", "flow.source_service", "name"),
            names("destination_service", "flow.destination_service", "name"),
            addresses("source_ip", "flow.IP.source"),
            addresses("source_ip_xlated", "flow.IP.source_xlated"),
            addresses("destination_ip", "flow.IP.destination"),
            labels("source_label", "flow.source.labels"),
            labels("destination_label", "flow.destination.labels"),
            labels("node_labels", "flow.node_labels"),
            ports("source_port"),
            ports("destination_port"),
            identities("source_identity", "flow.source.identity"),
            identities("destination_identity", "flow.destination.identity"));

    static List<IndexedField> all() {
        return ALL;
    }

    /** For each value of the field its alternatives; without elements if the filter does not have the field. */
    List<List<List<String>>> keysOf(FlowFilter filter) {
        List<?> values = (List<?>) filter.getField(field);
        return values.stream().<List<List<String>>>map(keys).toList();
    }

    private static FieldDescriptor field(String name) {
        return FlowFilter.getDescriptor().findFieldByName(name);
    }

    private static List<List<String>> one(String key) {
        return List.of(List.of(key));
    }

    private static IndexedField text(String name, int slot) {
        return new IndexedField(field(name), value -> one((String) value), tests -> new TextIndex(slot, tests));
    }

    private static IndexedField names(String name, String parent, String nameField) {
        return new IndexedField(
                field(name),
                value -> one(NamespacedNames.full((String) value)),
                tests -> new NameIndex(parent, nameField, tests));
    }

    private static IndexedField addresses(String name, String path) {
        int slot = Slots.of(path);
        return new IndexedField(field(name), value -> one((String) value), tests -> new AddressIndex(slot, tests));
    }

    private static IndexedField labels(String name, String path) {
        int slot = Slots.of(path);
        return new IndexedField(field(name), IndexedField::labelKeys, tests -> new LabelIndex(slot, tests));
    }

    private static List<List<String>> labelKeys(Object value) {
        try {
            return LabelSelectorParser.parse((String) value).shown();
        } catch (SelectorException e) {
            throw new IllegalStateException("a selector that was compiled before", e);
        }
    }

    private static IndexedField ports(String name) {
        List<Integer> slots = Stream.of("TCP", "UDP", "SCTP")
                .map(protocol -> Slots.of("flow.l4." + protocol + "." + name))
                .toList();
        return new IndexedField(
                field(name),
                value -> one(Integer.valueOf((String) value).toString()),
                tests -> new NumberIndex(slots, PORT_BITS, tests));
    }

    private static IndexedField identities(String name, String path) {
        List<Integer> slots = List.of(Slots.of(path));
        return new IndexedField(
                field(name),
                value -> one(Integer.toUnsignedString((Integer) value)),
                tests -> new NumberIndex(slots, ALL_BITS, tests));
    }
}
