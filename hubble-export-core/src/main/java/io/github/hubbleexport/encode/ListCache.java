package io.github.hubbleexport.encode;

import io.github.hubbleexport.wire.Words;
import org.jspecify.annotations.Nullable;

/**
 * Lists that were printed before, found again by the wire bytes that they were printed from. The same pods talk all day,
 * so their labels come again thousands of times: comparing bytes is much cheaper than printing them.
 *
 * <p>A list belongs at two places: one that a few of its bytes tell, which is known at once, and one that all of them tell, for
 * lists that are alike. Bounded: {@value #ENTRIES} lists, as short as {@link PrintedBytes} are. A new list takes the place of
 * one of two, and its arrays. For one thread at a time.
 */
final class ListCache {

    private static final int PLACE_BITS = 10;
    private static final int ENTRIES = 1 << PLACE_BITS;

    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final long STEP = 0xD1B54A32D192ED02L;

    private final @Nullable PrintedBytes[] lists = new PrintedBytes[ENTRIES];
    private final long[] kinds = new long[ENTRIES];

    /** Which of its two places a list takes next, all lists in turn. */
    private int victim;

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

    /** What a list was printed as, or null. */
    @Nullable
    PrintedBytes find(long kind, byte[] bytes, int offset, int length) {
        int place = placeBySample(kind, bytes, offset, length);
        if (lists[place] == null || isAt(place, kind, bytes, offset, length)) {
            return lists[place];
        }
        place = place(kind, bytes, offset, length);
        return isAt(place, kind, bytes, offset, length) ? lists[place] : null;
    }

    private boolean isAt(int place, long kind, byte[] bytes, int offset, int length) {
        PrintedBytes list = lists[place];
        return list != null && kinds[place] == kind && list.areOf(bytes, offset, length);
    }

    /** Keeps a copy of a list's bytes and of its text, unless they are long. */
    void put(long kind, byte[] bytes, int offset, int length, byte[] out, int start, int end) {
        if (!PrintedBytes.areShort(length, end - start)) {
            return;
        }
        int place = placeBySample(kind, bytes, offset, length);
        if (lists[place] != null && (victim++ & 1) != 0) {
            place = place(kind, bytes, offset, length);
        }
        PrintedBytes list = lists[place] == null ? new PrintedBytes() : lists[place];
        list.keep(bytes, offset, length, out, start, end);
        lists[place] = list;
        kinds[place] = kind;
    }
}
