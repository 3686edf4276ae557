package io.github.hubbleexport.wire;

/** Stepping over fields that nobody asked for, with the rules by which Go finds them well-formed. */
final class Skip {

    /** Instead of a position: what stands here is no field. */
    static final int BAD = -1;

    /** Groups within groups: as deep as protobuf-java follows them. */
    private static final int MAX_GROUP_DEPTH = 100;

    /** The smallest tag that there can be. */
    private static final int FIRST_TAG = 1 << WireType.BITS;

    /** The bits that tell other wire types from numbers and from bytes. */
    private static final int NEITHER_NUMBER_NOR_BYTES = 5;

    private static final long MAX_FIELD_NUMBER = (1 << 29) - 1;

    private Skip() {}

    /** Whether a tag, as the unsigned number that was read, names a field that can exist. */
    static boolean isTag(long tag) {
        long number = tag >>> WireType.BITS;
        return number >= 1 && number <= MAX_FIELD_NUMBER;
    }

    /** A tag that was read as a varint; 0, which is none, for what cannot be a tag. */
    static int tag(long number) {
        return isTag(number) ? (int) number : 0;
    }

    /**
     * The position after all texts that follow with the same tag, as long as their lengths have one byte.
     *
     * @param tagBits 8 for each byte of the tag: up to three
     * @param tag the tag as it is read from the wire, its first byte in the lowest bits
     */
    static int run(byte[] bytes, int position, int limit, int tagBits, int tag) {
        int lengthBits = 0x7f << tagBits;
        int tagAndLength = -1 >>> (Integer.SIZE - Byte.SIZE - tagBits);
        int at = position;
        while (true) {
            int head = (int) Words.get(bytes, at);
            int next = at + (tagBits >>> 3) + 1 + ((head & lengthBits) >>> tagBits);
            if ((head & tagAndLength & ~lengthBits) != tag || next > limit) {
                return at;
            }
            at = next;
        }
    }

    /**
     * Steps over the fields that nobody wants, in a loop of its own that is small enough to stay in registers. Ends at the first
     * field that is wanted or is not plain, and returns the position of its tag.
     *
     * @param wanted the numbers of the wanted fields; those that differ by 64 share a bit
     */
    static int unwanted(byte[] bytes, int position, int limit, long wanted) {
        int at = position;
        while (at < limit) {
            int tag = bytes[at];
            int next = at + 1;
            if (tag < 0) {
                tag = (tag & 0x7f) | bytes[next++] << 7;
            }
            int number = bytes[next++];
            if (number < 0) {
                number = (number & 0x7f) | bytes[next++] << 7;
            }
            int size = (tag & WireType.LENGTH_DELIMITED) != 0 ? number : 0;
            // What has one more byte is negative here.
            boolean plain =
                    tag >= FIRST_TAG && number >= 0 && (tag & NEITHER_NUMBER_NOR_BYTES) == 0 && size <= limit - next;
            if (!plain || (wanted & 1L << (tag >>> WireType.BITS)) != 0) {
                return at;
            }
            at = next + size;
        }
        return at;
    }

    /**
     * The position after the value of a field.
     *
     * @param tag the field's tag, which stands before {@code position}
     * @param limit where the message ends
     * @return at most {@code limit}, or {@link #BAD}
     */
    static int value(byte[] bytes, int position, int limit, int tag) {
        return value(bytes, position, limit, tag, 0);
    }

    private static int value(byte[] bytes, int position, int limit, int tag, int depth) {
        int end = switch (tag & WireType.MASK) {
            case WireType.VARINT -> position < limit ? Varint.end(bytes, position) : BAD;
            case WireType.FIXED64 -> position + Long.BYTES;
            case WireType.FIXED32 -> position + Integer.BYTES;
            case WireType.LENGTH_DELIMITED -> endOfBytes(bytes, position, limit);
            case WireType.START_GROUP -> endOfGroup(bytes, position, limit, tag, depth);
            default -> BAD;
        };
        return end <= limit ? end : BAD;
    }

    private static int endOfBytes(byte[] bytes, int position, int limit) {
        int start = position < limit ? Varint.end(bytes, position) : BAD;
        if (start < 0 || start > limit) {
            return BAD;
        }
        long length = Varint.value(bytes, position, start);
        return length >= 0 && length <= limit - start ? start + (int) length : BAD;
    }

    private static int endOfGroup(byte[] bytes, int position, int limit, int startTag, int depth) {
        if (depth >= MAX_GROUP_DEPTH) {
            return BAD;
        }
        int endTag = startTag - WireType.START_GROUP + WireType.END_GROUP;
        int at = position;
        while (at < limit) {
            int valueStart = Varint.end(bytes, at);
            if (valueStart < 0 || valueStart > limit) {
                return BAD;
            }
            long tag = Varint.value(bytes, at, valueStart);
            if (!isTag(tag)) {
                return BAD;
            }
            if (tag == (endTag & 0xffffffffL)) {
                return valueStart;
            }
            at = value(bytes, valueStart, limit, (int) tag, depth + 1);
            if (at < 0) {
                return BAD;
            }
        }
        return BAD;
    }
}
