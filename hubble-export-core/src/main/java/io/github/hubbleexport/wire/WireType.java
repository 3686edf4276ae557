package io.github.hubbleexport.wire;

/** The wire types of protobuf: the three low bits of a tag. */
final class WireType {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH_DELIMITED = 2;
    static final int START_GROUP = 3;
    static final int END_GROUP = 4;
    static final int FIXED32 = 5;

    static final int BITS = 3;
    static final int MASK = 7;

    private WireType() {}

    static int tag(int fieldNumber, int wireType) {
        return fieldNumber << BITS | wireType;
    }
}
