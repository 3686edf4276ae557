package io.github.hubbleexport.encode;

import io.github.hubbleexport.wire.Words;
import java.util.Arrays;

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

    /** What two lists of the same bytes differ in: their type, and how long their first elements are. */
    private final long[] kinds = new long[ENTRIES];

    private final byte[][] wires = filled();
    private final byte[][] texts = filled();
    private final int[] wireLengths = new int[ENTRIES];
    private final int[] textLengths = new int[ENTRIES];

    /** Which of two places is given away next, all pairs in turn. */
    private int victim;

    private static byte[][] filled() {
        byte[][] arrays = new byte[ENTRIES][];
        Arrays.fill(arrays, NOTHING);
        return arrays;
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

    /** Where the text of a list is kept, which is at its place or at the one beside it, or a negative number. */
    int find(int place, long kind, byte[] bytes, int offset, int length) {
        if (isAt(place, kind, bytes, offset, length)) {
            return place;
        }
        return isAt(place ^ 1, kind, bytes, offset, length) ? place ^ 1 : -1;
    }

    private boolean isAt(int place, long kind, byte[] bytes, int offset, int length) {
        return kinds[place] == kind
                && wireLengths[place] == length
                && textLengths[place] > 0
                && Arrays.equals(wires[place], 0, length, bytes, offset, offset + length);
    }

    /** Writes a text that was found and returns the position after it. */
    int write(int place, byte[] out, int at) {
        System.arraycopy(texts[place], 0, out, at, textLengths[place]);
        return at + textLengths[place];
    }

    int textLength(int place) {
        return textLengths[place];
    }

    /** Keeps a copy of a list's bytes and of its text, unless they are long. */
    void put(int first, long kind, byte[] bytes, int offset, int length, byte[] out, int start, int end) {
        if (length > MAX_WIRE_BYTES || end - start > MAX_TEXT_BYTES) {
            return;
        }
        int place = textLengths[first] == 0 ? first : first ^ (victim++ & 1);
        wires[place] = copy(bytes, offset, length, wires[place]);
        texts[place] = copy(out, start, end - start, texts[place]);
        kinds[place] = kind;
        wireLengths[place] = length;
        textLengths[place] = end - start;
    }

    private static byte[] copy(byte[] from, int offset, int length, byte[] old) {
        byte[] to = old.length >= length ? old : new byte[Math.max(length, Math.min(2 * old.length, MAX_TEXT_BYTES))];
        System.arraycopy(from, offset, to, 0, length);
        return to;
    }
}
