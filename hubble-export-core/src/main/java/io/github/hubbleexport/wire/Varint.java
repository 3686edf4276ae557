package io.github.hubbleexport.wire;

/**
 * Varints as Go reads them: at most ten bytes, of which the tenth is 0 or 1; padding with empty bytes is allowed.
 * Arrays need {@link ScannedEvent#SLACK} bytes behind what counts, so that no read needs a check of bounds.
 */
final class Varint {

    /** Instead of a position: there is no varint here. */
    static final int BAD = -1;

    private Varint() {}

    /** The position after the varint at {@code position}, or {@link #BAD}. It may lie behind the message. */
    static int end(byte[] bytes, int position) {
        long stop = stop(Words.get(bytes, position));
        return stop != 0 ? position + size(stop) : endOfLong(bytes, position + Long.BYTES);
    }

    /** The end of a varint of more than eight bytes. */
    private static int endOfLong(byte[] bytes, int ninth) {
        if (bytes[ninth] >= 0) {
            return ninth + 1;
        }
        byte tenth = bytes[ninth + 1];
        return tenth == 0 || tenth == 1 ? ninth + 2 : BAD;
    }

    /** The value of the varint that stands from {@code position} to {@code end}. */
    static long value(byte[] bytes, int position, int end) {
        int length = end - position;
        long word = Words.get(bytes, position);
        if (length < Long.BYTES) {
            return compact(word & (1L << (8 * length)) - 1);
        }
        long value = compact(word);
        for (int i = Long.BYTES; i < length; i++) {
            value |= (bytes[position + i] & 0x7fL) << (7 * i);
        }
        return value;
    }

    // Of a varint at the beginning of a word, of eight bytes or of four, which is less work for a JVM. A word that was
    // shifted to it is filled up with its highest bit: so no end is found where none is.

    /** The bit that ends the varint, and those of the varints after it; 0 if it does not end in the word. */
    static long stop(long word) {
        return ~word & Words.HIGHS;
    }

    static int stop(int word) {
        return ~word & (int) Words.HIGHS;
    }

    /** How many bytes the varint has that such a bit ends. */
    static int size(long stop) {
        return (Long.numberOfTrailingZeros(stop) + 1) >>> 3;
    }

    static int size(int stop) {
        return (Integer.numberOfTrailingZeros(stop) + 1) >>> 3;
    }

    /** The value of the varint that such a bit ends. */
    static long value(long word, long stop) {
        return compact(word & (stop ^ (stop - 1)));
    }

    static int value(int word, int stop) {
        int bits = word & (stop ^ (stop - 1));
        return (bits & 0x7f) | (bits & 0x7f00) >>> 1 | (bits & 0x7f0000) >>> 2 | (bits & 0x7f000000) >>> 3;
    }

    /** Closes the gaps of one bit that the continuation bits leave: first between bytes, then pairs, then quads. */
    private static long compact(long word) {
        long bits = word & ~Words.HIGHS;
        long pairs = (bits & 0x007f007f007f007fL) | (bits & 0x7f007f007f007f00L) >>> 1;
        long quads = (pairs & 0x00003fff00003fffL) | (pairs & 0x3fff00003fff0000L) >>> 2;
        return (quads & 0x0fffffffL) | (quads & 0x0fffffff00000000L) >>> 4;
    }
}
