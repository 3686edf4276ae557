package io.github.hubbleexport.wire;

import org.jspecify.annotations.Nullable;

/** What a scan does with one field of one message. Immutable. */
final class ScanEntry {

    // The ways in which a field is taken: constants instead of an enum save the inner loop two dependent reads.

    /** A signed number, or one of 64 bits. */
    static final int NUMBER = 0;

    /** A number of 32 bits without a sign. */
    static final int UNSIGNED = 1;

    static final int BOOL = 2;
    static final int BYTES = 3;
    static final int MESSAGE = 4;

    /** A message of which only the presence is asked for. */
    static final int NOTE = 5;

    static final int REPEATED_BYTES = 6;
    static final int REPEATED_MESSAGE = 7;

    final int tag;
    final int slot;
    final int action;

    /** The high bits that a number of this kind does not use: it is cut off there and its sign extended. */
    final int unusedBits;

    /** The table of a message's own fields. */
    final @Nullable MessageTable message;

    /** The words of the set of present slots in which other members of the same oneof stand, and their bits there. */
    final int firstRivalWord;

    final long[] rivals;

    ScanEntry(SchemaField field, @Nullable MessageTable message, int firstRivalWord, long[] rivals) {
        this.tag = field.tag();
        this.slot = field.slot();
        this.action = action(field, message);
        this.unusedBits = field.kind() == FieldKind.INT32 || field.kind() == FieldKind.ENUM ? Integer.SIZE : 0;
        this.message = message;
        this.firstRivalWord = firstRivalWord;
        this.rivals = rivals;
    }

    private static int action(SchemaField field, @Nullable MessageTable message) {
        return switch (field.kind()) {
            case BOOL -> BOOL;
            case UINT32 -> UNSIGNED;
            case INT32, ENUM, INT64, UINT64 -> NUMBER;
            case STRING, BYTES -> field.isRepeated() ? REPEATED_BYTES : BYTES;
            case MESSAGE, TIMESTAMP, WRAPPER, ANY -> messageAction(field, message);
        };
    }

    private static int messageAction(SchemaField field, @Nullable MessageTable message) {
        if (field.isRepeated()) {
            return REPEATED_MESSAGE;
        }
        return message == MessageTable.EMPTY ? NOTE : MESSAGE;
    }

    @Override
    public String toString() {
        return "slot " + slot;
    }
}
