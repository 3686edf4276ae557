package io.github.hubbleexport.wire;

/** Stepping over fields that nobody asked for, with the rules by which Go finds them well-formed. */
final class Skip {

    /** Instead of a position: what stands here is no field. */
    static final int BAD = -1;

    /** Groups within groups: as deep as protobuf-java follows them. */
    private static final int MAX_GROUP_DEPTH = 100;

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

    /** The position after all texts that follow with the same tag, as long as tags and lengths have one byte. */
    static int run(byte[] bytes, int position, int limit, int tag) {
        int at = position;
        while (at < limit && bytes[at] == tag && bytes[at + 1] >= 0) {
            int end = at + 2 + bytes[at + 1];
            if (end > limit) {
                return at;
            }
            at = end;
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
