package io.github.hubbleexport.encode;

import io.github.hubbleexport.wire.Words;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lists that were printed before, found again by the wire bytes that they were printed from. The same pods talk all day,
 * so their labels come again thousands of times: comparing bytes is much cheaper than printing them.
 *
 * <p>A list belongs at two places: one that a few of its bytes tell, which is known at once, and one that all of them tell, for
 * lists that are alike. Bounded: {@value #ENTRIES} lists of at most {@value #MAX_WIRE_BYTES} bytes on the wire. A new list takes
 * the place of one of two, and its arrays. For one thread at a time.
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

    /** Which of its two places a list takes next, all lists in turn. */
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

    /** Where a list belongs by its length and by five words of it. */
    static int placeBySample(long kind, byte[] bytes, int offset, int length) {
        if (length < 2 * Long.BYTES) {
            return place(kind, bytes, offset, length);
        }
        int last = offset + length - Long.BYTES;
        int middle = (offset + last) >>> 1;
        long sum = (kind + length) ^ Words.get(bytes, offset);
        sum ^= Long.rotateLeft(Words.get(bytes, (offset + middle) >>> 1), 11);
        sum ^= Long.rotateLeft(Words.get(bytes, middle), 23);
        sum ^= Long.rotateLeft(Words.get(bytes, (middle + last) >>> 1), 37);
        sum ^= Long.rotateLeft(Words.get(bytes, last), 51);
        return place(sum * FACTOR);
    }

    /**
     * Where a list belongs by all of it. Sums up all words, each multiplied by a number of its own, so that no multiplication
     * waits for another one.
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
        return place(sum);
    }

    private static int place(long sum) {
        return (int) (((sum ^ sum >>> 32) * FACTOR) >>> (Long.SIZE - PLACE_BITS));
    }

    /** The text of a list, or null. */
    @Nullable
    Text find(long kind, byte[] bytes, int offset, int length) {
        Text text = texts[placeBySample(kind, bytes, offset, length)];
        if (text == null || text.isOf(kind, bytes, offset, length)) {
            return text;
        }
        text = texts[place(kind, bytes, offset, length)];
        return text != null && text.isOf(kind, bytes, offset, length) ? text : null;
    }

    /** Keeps a copy of a list's bytes and of its text, unless they are long. */
    void put(long kind, byte[] bytes, int offset, int length, byte[] out, int start, int end) {
        if (length > MAX_WIRE_BYTES || end - start > MAX_TEXT_BYTES) {
            return;
        }
        int place = placeBySample(kind, bytes, offset, length);
        if (texts[place] != null && (victim++ & 1) != 0) {
            place = place(kind, bytes, offset, length);
        }
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
