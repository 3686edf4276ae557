package io.github.hubbleexport.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every place in an {@code observer.ExportEvent} where a value can stand, numbered. The numbers follow the order in
 * which Hubble prints the fields, so that a set of slots in ascending order is the order of output. Immutable.
 */
public final class EventSchema {

    private static final EventSchema EVENT = new EventSchema(ExportEvent.getDescriptor());

    private final List<SchemaField> fields = new ArrayList<>();
    private final List<SchemaField> roots = new ArrayList<>();
    private final Map<String, SchemaField> byPath = new HashMap<>();

    private final int[] tags;

    private EventSchema(Descriptor event) {
        for (FieldDescriptor field : event.getFields()) {
            roots.add(add(field, null));
        }
        tags = fields.stream().mapToInt(SchemaField::tag).toArray();
    }

    private SchemaField add(FieldDescriptor descriptor, @Nullable SchemaField parent) {
        SchemaField field = new SchemaField(fields.size(), descriptor, parent);
        fields.add(field);
        byPath.put(field.path(), field);
        if (field.kind().isMessage()) {
            for (FieldDescriptor child : descriptor.getMessageType().getFields()) {
                field.addChild(add(child, field));
            }
        }
        field.endSubtree(fields.size());
        return field;
    }

    /** The schema of {@code observer.ExportEvent}. */
    public static EventSchema get() {
        return EVENT;
    }

    /** How many slots there are. */
    public int size() {
        return fields.size();
    }

    /** How many words a set of slots takes. */
    public int words() {
        return fields.size() / Long.SIZE + 1;
    }

    /** The members of the event itself, in the order of their declaration. */
    public List<SchemaField> roots() {
        return Collections.unmodifiableList(roots);
    }

    /** The field of a slot. */
    public SchemaField field(int slot) {
        return fields.get(slot);
    }

    int tag(int slot) {
        return tags[slot];
    }

    /**
     * The field at a path of names, such as {@code flow.l4.TCP.destination_port}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public SchemaField field(String path) {
        SchemaField field = byPath.get(path);
        if (field == null) {
            throw new IllegalArgumentException("no field " + path + " in an event");
        }
        return field;
    }
}
