package io.github.hubbleexport.wire;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One place in an event where a value can stand: a field, together with the way to it. Immutable once built. */
public final class SchemaField {

    private final int slot;
    private final FieldDescriptor descriptor;
    private final FieldKind kind;
    private final @Nullable SchemaField parent;
    private final List<SchemaField> children = new ArrayList<>();
    private int subtreeEnd;

    SchemaField(int slot, FieldDescriptor descriptor, @Nullable SchemaField parent) {
        this.slot = slot;
        this.descriptor = descriptor;
        this.kind = FieldKind.of(descriptor);
        this.parent = parent;
        if (descriptor.isRepeated() && kind != FieldKind.STRING && kind != FieldKind.MESSAGE) {
            throw new IllegalStateException("no way to read the repeated " + descriptor.getFullName());
        }
    }

    void addChild(SchemaField child) {
        children.add(child);
    }

    void endSubtree(int end) {
        subtreeEnd = end;
    }

    /** The number of this place; parents before children, members in the order of their declaration. */
    public int slot() {
        return slot;
    }

    /** The slot after the last one below this field. */
    public int subtreeEnd() {
        return subtreeEnd;
    }

    /** The field itself. */
    public FieldDescriptor descriptor() {
        return descriptor;
    }

    /** What it holds. */
    public FieldKind kind() {
        return kind;
    }

    /** The field of the message around it; none for the members of the event itself. */
    public @Nullable SchemaField parent() {
        return parent;
    }

    /** The fields of this message, in the order of their declaration; empty for anything but a message. */
    public List<SchemaField> children() {
        return Collections.unmodifiableList(children);
    }

    /** Whether it can stand there several times. */
    public boolean isRepeated() {
        return descriptor.isRepeated();
    }

    /** Whether setting it clears other fields. */
    public boolean isOneofMember() {
        return descriptor.getRealContainingOneof() != null;
    }

    /** Whether setting it clears another field. */
    boolean isRivalOf(SchemaField other) {
        return this != other
                && isOneofMember()
                && descriptor.getRealContainingOneof() == other.descriptor.getRealContainingOneof();
    }

    /** The field's name as Hubble's JSON prints it. */
    public String name() {
        return descriptor.getName();
    }

    /** The names from the event to this field, separated by dots. */
    public String path() {
        return parent == null ? name() : parent.path() + "." + name();
    }

    int tag() {
        int wireType = kind.isNumber() ? WireType.VARINT : WireType.LENGTH_DELIMITED;
        return WireType.tag(descriptor.getNumber(), wireType);
    }

    @Override
    public String toString() {
        return path();
    }
}
