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

    private static final int ENTRIES = 1024;
    private static final int MAX_WIRE_BYTES = 2048;
    private static final int MAX_TEXT_BYTES = 4096;

    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final long WORD_FACTOR = 0xC2B2AE3D27D4EB4FL;
    private static final byte[] NOTHING = {};

    private final long[] hashes = new long[ENTRIES];
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

    /**
     * The hash of a list, from the first byte of its first element to the last byte of its last. Reads up to seven bytes
     * behind them. Of the same bytes, two lists of different types or with first elements of different lengths never
     * have the same hash, because every step can be undone; so the bytes alone have to be compared.
     */
    static long hash(int type, int firstElementLength, byte[] bytes, int offset, int length) {
        long one = (long) type << Integer.SIZE | firstElementLength;
        long two = length;
        long three = 0;
        long four = 0;
        int end = offset + length;
        int at = offset;
        // Four sums, so that no multiplication waits for another one.
        for (; at + 32 <= end; at += 32) {
            one = stir(one, Words.get(bytes, at));
            two = stir(two, Words.get(bytes, at + 8));
            three = stir(three, Words.get(bytes, at + 16));
            four = stir(four, Words.get(bytes, at + 24));
        }
        for (; at < end; at += 8) {
            int missing = Math.max(0, at + 8 - end);
            one = stir(one, Words.get(bytes, at) << (8 * missing));
        }
        return stir(stir(stir(one, two), three), four);
    }

    private static long stir(long sum, long word) {
        return Long.rotateLeft(sum + word * WORD_FACTOR, 31) * FACTOR;
    }

    /** Where the text of a list is kept, or a negative number. */
    int find(long hash, byte[] bytes, int offset, int length) {
        int place = place(hash);
        if (isAt(place, hash, bytes, offset, length)) {
            return place;
        }
        return isAt(place ^ 1, hash, bytes, offset, length) ? place ^ 1 : -1;
    }

    private boolean isAt(int place, long hash, byte[] bytes, int offset, int length) {
        return hashes[place] == hash
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
    void put(long hash, byte[] bytes, int offset, int length, byte[] out, int start, int end) {
        if (length > MAX_WIRE_BYTES || end - start > MAX_TEXT_BYTES) {
            return;
        }
        int place = textLengths[place(hash)] == 0 ? place(hash) : place(hash) ^ (victim++ & 1);
        wires[place] = copy(bytes, offset, length, wires[place]);
        texts[place] = copy(out, start, end - start, texts[place]);
        hashes[place] = hash;
        wireLengths[place] = length;
        textLengths[place] = end - start;
    }

    private static byte[] copy(byte[] from, int offset, int length, byte[] old) {
        byte[] to = old.length >= length ? old : new byte[Math.max(length, Math.min(2 * old.length, MAX_TEXT_BYTES))];
        System.arraycopy(from, offset, to, 0, length);
        return to;
    }

    private static int place(long hash) {
        return (int) (hash >>> 32) & ENTRIES - 1;
    }
}
