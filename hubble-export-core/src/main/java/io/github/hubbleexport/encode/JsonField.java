package io.github.hubbleexport.encode;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import io.github.hubbleexport.wire.FieldKind;
import io.github.hubbleexport.wire.SchemaField;
import org.jspecify.annotations.Nullable;

/**
 * How one field becomes a member of its object. Immutable. Every member ends with a comma, which the end of the object
 * replaces: so no member needs to know whether it is the first.
 */
final class JsonField {

    /** Enum numbers from here on are printed without a table. */
    private static final int MAX_TABLE = 1024;

    // What is done with a field: constants instead of an enum save the inner loop two dependent reads.

    static final int TEXT = 0;
    static final int NUMBER = 1;

    /** A boolean or an enum. */
    static final int NAMED = 2;

    static final int MESSAGE = 3;

    /** A list that comes again and again: its print is kept for the next event. */
    static final int RECURRING = 4;

    static final int TIME = 5;
    static final int WRAPPED = 6;
    static final int LIST = 7;
    static final int ANY = 8;

    final int op;
    final int slot;
    final int subtreeEnd;
    final FieldKind kind;
    /** Tells lists of one type from those of another. */
    final int type;

    /** The name, and what always follows it: {@code "pod_name":"} of a text. */
    final Fragment name;

    /** For a message that is a number in JSON, or a time, or of any type: its two possible fields. */
    final int firstChild;

    /** The kind of a wrapper's value. */
    final @Nullable FieldKind valueKind;

    /** Names of an enum's values by number; none for a number without a name. */
    final @Nullable Fragment[] byNumber;

    JsonField(SchemaField field, boolean recurring) {
        this.type = field.descriptor().getFullName().hashCode();
        this.slot = field.slot();
        this.subtreeEnd = field.subtreeEnd();
        this.kind = field.kind();
        this.op = op(field, recurring);
        this.name = new Fragment('"' + field.name() + "\":" + (field.isRepeated() ? "[" : opening(kind)));
        this.firstChild = slot + 1;
        this.valueKind = kind == FieldKind.WRAPPER ? field.children().get(0).kind() : null;
        this.byNumber = names(field);
    }

    private static int op(SchemaField field, boolean recurring) {
        if (field.isRepeated()) {
            return recurring ? RECURRING : LIST;
        }
        return switch (field.kind()) {
            case STRING, BYTES -> TEXT;
            case INT32, UINT32, INT64, UINT64 -> NUMBER;
            case BOOL, ENUM -> NAMED;
            case MESSAGE -> MESSAGE;
            case TIMESTAMP -> TIME;
            case WRAPPER -> WRAPPED;
            case ANY -> ANY;
        };
    }

    private static String opening(FieldKind kind) {
        return switch (kind) {
            case STRING, BYTES, TIMESTAMP, INT64, UINT64 -> "\"";
            case MESSAGE -> "{";
            case BOOL, INT32, UINT32, ENUM, WRAPPER, ANY -> "";
        };
    }

    private static @Nullable Fragment[] names(SchemaField field) {
        if (field.kind() != FieldKind.ENUM) {
            return new Fragment[0];
        }
        EnumDescriptor type = field.descriptor().getEnumType();
        int size = 1
                + type.getValues().stream()
                        .mapToInt(EnumValueDescriptor::getNumber)
                        .filter(number -> number < MAX_TABLE)
                        .max()
                        .orElse(0);
        Fragment[] names = new Fragment[size];
        for (EnumValueDescriptor value : type.getValues()) {
            int number = value.getNumber();
            // Of several names of one number, Go prints the one that was declared first.
            if (number >= 0 && number < size && names[number] == null) {
                names[number] = new Fragment('"' + value.getName() + "\",");
            }
        }
        return names;
    }

    /** The most bytes that the member takes, apart from text and elements. */
    int fixedBytes() {
        int longest = Math.max(TimestampText.MAX_BYTES, Decimal.MAX_BYTES) + "\"},".length();
        for (Fragment member : byNumber) {
            longest = Math.max(longest, member == null ? 0 : member.length());
        }
        return name.length() + longest;
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
