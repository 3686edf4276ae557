package io.github.hubbleexport.wire;

import org.jspecify.annotations.Nullable;

/** What a scan does with one field of one message. Immutable. */
final class ScanEntry {

    /** The ways in which a field is taken. */
    enum Action {
        BOOL,
        INT32,
        UINT32,
        INT64,
        BYTES,
        MESSAGE,
        /** A message of which only the presence is asked for. */
        NOTE,
        REPEATED_BYTES,
        REPEATED_MESSAGE
    }

    final int tag;
    final int slot;
    final Action action;

    /** Whether its value is one varint. */
    final boolean isNumber;

    /** The table of a message's own fields. */
    final @Nullable MessageTable message;

    /** The words of the set of present slots in which other members of the same oneof stand, and their bits there. */
    final int firstRivalWord;

    final long[] rivals;

    ScanEntry(SchemaField field, Action action, @Nullable MessageTable message, int firstRivalWord, long[] rivals) {
        this.tag = field.tag();
        this.slot = field.slot();
        this.action = action;
        this.isNumber = field.kind().isNumber();
        this.message = message;
        this.firstRivalWord = firstRivalWord;
        this.rivals = rivals;
    }
}
