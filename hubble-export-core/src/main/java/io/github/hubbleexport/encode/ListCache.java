package io.github.hubbleexport.encode;

import io.github.hubbleexport.wire.Words;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lists that were printed before, found again by the wire bytes that they were printed from. The same pods talk all day,
 * so their labels come again thousands of times: comparing bytes is much cheaper than printing them.
 *
 * <p>Bounded: {@value #ENTRIES} lists of at most {@value #MAX_WIRE_BYTES} bytes on the wire. A new list takes the place
 * of one of two, and its arrays. For one thread at a time.
 */
final class ListCache {

    private static final int PLACE_BITS = 10;
    private static final int ENTRIES = 1 << PLACE_BITS;
    private static final int MAX_WIRE_BYTES = 2048;
    private static final int MAX_TEXT_BYTES = 4096;

    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final long STEP = 0xD1B54A32D192ED02L;
    private static final byte[] NOTHING = {};

    private final @Nullable Text[] texts = new Text[ENTRIES];

    /** Which of two places is given away next, all pairs in turn. */
    private int victim;

    /** What a list was printed as, and from what. */
    static final class Text {

        /** What two lists of the same bytes differ in: their type, and how long their first elements are. */
        private long kind;

        private byte[] wire = NOTHING;
        private byte[] text = NOTHING;
        private int wireLength;
        private int length;

        private boolean isOf(long otherKind, byte[] bytes, int offset, int count) {
            return kind == otherKind
                    && wireLength == count
                    && Arrays.equals(wire, 0, count, bytes, offset, offset + count);
        }

        int length() {
            return length;
        }

        /** Writes the text and returns the position after it. */
        int write(byte[] out, int at) {
            System.arraycopy(text, 0, out, at, length);
            return at + length;
        }
    }

    /** What has to be equal besides the bytes, from the first of the first element to the last of the last. */
    static long kind(int type, int firstElementLength) {
        return (long) type << Integer.SIZE | firstElementLength;
    }

    /**
     * Where a list belongs. Sums up all words, each multiplied by a number of its own, so that no multiplication waits for
     * another one. Lists of the same place are told apart by their bytes.
     */
    static int place(long kind, byte[] bytes, int offset, int length) {
        long sum = kind * FACTOR;
        long factor = FACTOR;
        int last = offset + length - Long.BYTES;
        for (int at = offset; at < last; at += Long.BYTES) {
            sum += Words.get(bytes, at) * factor;
            factor += STEP;
        }
        sum += (length < Long.BYTES ? Words.get(bytes, offset) << (-8 * length) : Words.get(bytes, last)) * factor;
        return (int) (((sum ^ sum >>> 32) * FACTOR) >>> (Long.SIZE - PLACE_BITS));
    }

    /** The text of a list, which is at its place or at the one beside it, or null. */
    @Nullable
    Text find(int place, long kind, byte[] bytes, int offset, int length) {
        Text text = texts[place];
        if (text != null && text.isOf(kind, bytes, offset, length)) {
            return text;
        }
        text = texts[place ^ 1];
        return text != null && text.isOf(kind, bytes, offset, length) ? text : null;
    }

    /** Keeps a copy of a list's bytes and of its text, unless they are long. */
    void put(int first, long kind, byte[] bytes, int offset, int length, byte[] out, int start, int end) {
        if (length > MAX_WIRE_BYTES || end - start > MAX_TEXT_BYTES) {
            return;
        }
        int place = texts[first] == null ? first : first ^ (victim++ & 1);
        Text text = texts[place] == null ? new Text() : texts[place];
        text.wire = copy(bytes, offset, length, text.wire);
        text.text = copy(out, start, end - start, text.text);
        text.kind = kind;
        text.wireLength = length;
        text.length = end - start;
        texts[place] = text;
    }

    private static byte[] copy(byte[] from, int offset, int length, byte[] old) {
        byte[] to = old.length >= length ? old : new byte[Math.max(length, Math.min(2 * old.length, MAX_TEXT_BYTES))];
        System.arraycopy(from, offset, to, 0, length);
        return to;
    }
}
