package io.github.hubbleexport.mask;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.github.hubbleexport.problem.Nearest;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.Flow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** One path of a mask, resolved to the fields that it leads through. Sorts by declaration, parents first. Immutable. */
final class MaskPath implements Comparable<MaskPath> {

    private final List<FieldDescriptor> fields;

    private MaskPath(List<FieldDescriptor> fields) {
        this.fields = fields;
    }

    /** The path of a text that {@link #check} found nothing wrong with. */
    static MaskPath of(String text) {
        List<FieldDescriptor> fields = new ArrayList<>();
        Descriptor type = Flow.getDescriptor();
        for (String name : text.split("\\.", -1)) {
            FieldDescriptor field = type.findFieldByName(name);
            fields.add(field);
            type = isMessage(field) ? field.getMessageType() : type;
        }
        return new MaskPath(List.copyOf(fields));
    }

    /** Adds a problem if a text names no field. */
    static void check(String text, String where, Problems problems) {
        if (text.isEmpty()) {
            problems.add(where, text, "a path is empty; expected a field of a flow, such as source.pod_name");
            return;
        }
        Descriptor type = Flow.getDescriptor();
        String before = "";
        String[] names = text.split("\\.", -1);
        for (int i = 0; i < names.length; i++) {
            FieldDescriptor field = type.findFieldByName(names[i]);
            if (field == null) {
                problems.add(where, text, noSuchField(names[i], before, type));
                return;
            }
            boolean last = i == names.length - 1;
            if (!last && (field.isRepeated() || !isMessage(field))) {
                problems.add(where, text, noWayThrough(before + names[i], field));
                return;
            }
            type = isMessage(field) ? field.getMessageType() : type;
            before += names[i] + ".";
        }
    }

    private static String noSuchField(String name, String before, Descriptor type) {
        String place = before.isEmpty() ? "a flow" : before.substring(0, before.length() - 1);
        String reason = "no field \"" + name + "\" in " + place;
        List<String> known =
                type.getFields().stream().map(field -> before + field.getName()).toList();
        return reason + nearest(before + name, name, known);
    }

    /** The nearest names beside it; if there are none, fields of that name elsewhere in a flow. */
    private static String nearest(String path, String name, Collection<String> siblings) {
        String hint = Nearest.hint(path, siblings);
        return hint.isEmpty() ? Nearest.hint(name, topNames()) : hint;
    }

    private static Collection<String> topNames() {
        return Flow.getDescriptor().getFields().stream()
                .map(FieldDescriptor::getName)
                .collect(Collectors.toList());
    }

    private static String noWayThrough(String path, FieldDescriptor field) {
        String why = field.isRepeated() ? " is a list: a mask takes it whole" : " has no fields of its own";
        return path + why + "; did you mean " + path + "?";
    }

    private static boolean isMessage(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE;
    }

    boolean covers(MaskPath other) {
        return other.fields.size() >= fields.size()
                && other.fields.subList(0, fields.size()).equals(fields);
    }

    /** Copies the field from one flow to another one, with the messages on the way. */
    void copy(Flow from, Flow.Builder to) {
        copy(from, to, 0);
    }

    private void copy(Message from, Message.Builder to, int depth) {
        FieldDescriptor field = fields.get(depth);
        if (depth == fields.size() - 1) {
            if (isThere(from, field)) {
                merge(from, to, field);
            }
            return;
        }
        if (field.getRealContainingOneof() == null || from.hasField(field)) {
            Message.Builder child = ((Message) to.getField(field)).toBuilder();
            copy((Message) from.getField(field), child, depth + 1);
            to.setField(field, child.build());
        }
    }

    private static boolean isThere(Message from, FieldDescriptor field) {
        return field.isRepeated() ? from.getRepeatedFieldCount(field) > 0 : from.hasField(field);
    }

    private static void merge(Message from, Message.Builder to, FieldDescriptor field) {
        to.setField(field, from.getField(field));
    }

    @Override
    public int compareTo(MaskPath other) {
        int common = Math.min(fields.size(), other.fields.size());
        for (int i = 0; i < common; i++) {
            int order = Integer.compare(
                    fields.get(i).getIndex(), other.fields.get(i).getIndex());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(fields.size(), other.fields.size());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MaskPath path && path.fields.equals(fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.stream().map(FieldDescriptor::getName).collect(Collectors.joining("."));
    }
}
