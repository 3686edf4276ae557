package io.github.hubbleexport.wire;

/**
 * Varints as Go reads them: at most ten bytes, of which the tenth is 0 or 1; padding with empty bytes is allowed.
 * Arrays need {@link ScannedEvent#SLACK} bytes behind what counts, so that no read needs a check of bounds.
 */
final class Varint {

    /** Instead of a position: there is no varint here. */
    static final int BAD = -1;

    private static final int MAX_BYTES = 10;

    private Varint() {}

    /** The position after the varint at {@code position}, or {@link #BAD}. It may lie behind the message. */
    static int end(byte[] bytes, int position) {
        for (int i = 0; i < MAX_BYTES; i++) {
            byte b = bytes[position + i];
            if (b >= 0) {
                return i == MAX_BYTES - 1 && b > 1 ? BAD : position + i + 1;
            }
        }
        return BAD;
    }

    /** The value of the varint that stands from {@code position} to {@code end}. */
    static long value(byte[] bytes, int position, int end) {
        long value = 0;
        for (int i = end - 1; i >= position; i--) {
            value = value << 7 | (bytes[i] & 0x7f);
        }
        return value;
    }
}
