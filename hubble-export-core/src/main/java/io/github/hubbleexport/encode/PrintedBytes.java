package io.github.hubbleexport.encode;

import java.util.Arrays;

/**
 * What some wire bytes were printed as: at most {@value #MAX_WIRE_BYTES} bytes, and {@value #MAX_TEXT_BYTES} of text. Used again
 * for others, with its arrays. For one thread at a time.
 */
final class PrintedBytes {

    private static final int MAX_WIRE_BYTES = 2048;
    private static final int MAX_TEXT_BYTES = 4096;
    private static final byte[] NOTHING = {};

    private byte[] wire = NOTHING;
    private byte[] text = NOTHING;
    private int wireLength;
    private int length;

    /** Whether bytes of this length, and a text of that, are short enough to be kept. */
    static boolean areShort(int wireLength, int textLength) {
        return wireLength <= MAX_WIRE_BYTES && textLength <= MAX_TEXT_BYTES;
    }

    /** Keeps copies, which must be short, in place of what was kept before. */
    void keep(byte[] bytes, int offset, int count, byte[] out, int start, int end) {
        wire = copy(bytes, offset, count, wire);
        text = copy(out, start, end - start, text);
        wireLength = count;
        length = end - start;
    }

    private static byte[] copy(byte[] from, int offset, int length, byte[] old) {
        byte[] to = old.length >= length ? old : new byte[Math.max(length, Math.min(2 * old.length, MAX_TEXT_BYTES))];
        System.arraycopy(from, offset, to, 0, length);
        return to;
    }

    boolean areOf(byte[] bytes, int offset, int count) {
        return wireLength == count && Arrays.equals(wire, 0, count, bytes, offset, offset + count);
    }

    /** How many bytes the text has. */
    int length() {
        return length;
    }

    /** Writes the text and returns the position after it. */
    int write(byte[] out, int at) {
        System.arraycopy(text, 0, out, at, length);
        return at + length;
    }
}
