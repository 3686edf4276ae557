package io.github.hubbleexport.filter;

import java.util.Arrays;

/**
 * Different texts as UTF-8, each with its index: found in a number of steps that does not grow with the number of
 * texts. Of the texts that begin another one, the longest is found in one pass over it. Immutable.
 */
final class ByteTable {

    /** Instead of an index: there is no such text. */
    static final int NONE = -1;

    /** So few are compared one by one: most of them differ in their length. */
    private static final int FEW = 8;

    /** Of so few each is compared with the beginning of a text. */
    private static final int FEW_BEGINNINGS = 2;

    /** More steps than this make another seed worth trying, and then a larger table. */
    private static final int LONG_SEARCH = 32;

    private static final int SEEDS = 4;
    private static final int LARGEST_GROWTH = 3;

    private final byte[][] texts;

    /** For each place the upper half of a hash, and the index plus one in the lower half; 0 where it is free. */
    private final long[] places;

    private final long seed;
    private final int longestSearch;

    /** Which lengths the texts have. */
    private final long[] lengths;

    private ByteTable(byte[][] texts, long seed, long[] places) {
        this.texts = texts;
        this.seed = seed;
        this.places = places;
        this.longestSearch = fill();
        this.lengths = lengths(texts);
    }

    /** A table of texts that are different from each other; their indexes are those of the array. */
    static ByteTable of(byte[][] texts) {
        int size = Integer.highestOneBit(Math.max(1, texts.length)) * 4;
        ByteTable table = new ByteTable(texts, 1, new long[size]);
        for (int attempt = 1; table.longestSearch > LONG_SEARCH && attempt < SEEDS * LARGEST_GROWTH; attempt++) {
            table = new ByteTable(texts, attempt + 1, new long[size << (attempt / SEEDS)]);
        }
        return table;
    }

    private static long[] lengths(byte[][] texts) {
        int longest = Arrays.stream(texts).mapToInt(text -> text.length).max().orElse(0);
        long[] lengths = new long[longest / Long.SIZE + 1];
        for (byte[] text : texts) {
            lengths[text.length >>> 6] |= 1L << text.length;
        }
        return lengths;
    }

    private int fill() {
        int longest = 0;
        for (int index = 0; index < texts.length; index++) {
            long hash = hash(texts[index], 0, texts[index].length);
            int steps = 1;
            int place = place(hash);
            while (places[place] != 0) {
                place = (place + 1) & (places.length - 1);
                steps++;
            }
            places[place] = entry(hash, index);
            longest = Math.max(longest, steps);
        }
        return longest;
    }

    /** The index of a text, or {@link #NONE}. */
    int find(byte[] bytes, int offset, int length) {
        if (texts.length <= FEW) {
            return findAmongFew(bytes, offset, length);
        }
        boolean isKnownLength = length >>> 6 < lengths.length && (lengths[length >>> 6] & 1L << length) != 0;
        return isKnownLength ? find(hash(bytes, offset, length), bytes, offset, length) : NONE;
    }

    private int findAmongFew(byte[] bytes, int offset, int length) {
        for (int index = 0; index < texts.length; index++) {
            if (isText(index, bytes, offset, length)) {
                return index;
            }
        }
        return NONE;
    }

    /** The index of the longest text that begins another one, or {@link #NONE}. */
    int longestBeginning(byte[] bytes, int offset, int length) {
        int found = NONE;
        if (texts.length <= FEW_BEGINNINGS) {
            for (int index = 0; index < texts.length; index++) {
                byte[] text = texts[index];
                boolean isLonger = found == NONE || text.length > texts[found].length;
                found = isLonger && text.length <= length && isText(index, bytes, offset, text.length) ? index : found;
            }
            return found;
        }
        int limit = Math.min(length, lengths.length * Long.SIZE - 1);
        long state = seed;
        for (int count = 0; count <= limit; count++) {
            if ((lengths[count >>> 6] & 1L << count) != 0) {
                int index = find(finish(state), bytes, offset, count);
                found = index == NONE ? found : index;
            }
            state = count < limit ? step(state, bytes[offset + count]) : state;
        }
        return found;
    }

    private int find(long hash, byte[] bytes, int offset, int length) {
        int place = place(hash);
        for (long entry = places[place]; entry != 0; entry = places[place]) {
            int index = (int) entry - 1;
            if (entry == entry(hash, index) && isText(index, bytes, offset, length)) {
                return index;
            }
            place = (place + 1) & (places.length - 1);
        }
        return NONE;
    }

    private boolean isText(int index, byte[] bytes, int offset, int length) {
        byte[] text = texts[index];
        return text.length == length && Arrays.equals(text, 0, length, bytes, offset, offset + length);
    }

    /** The texts by index; not to be changed. */
    byte[][] texts() {
        return texts;
    }

    /** How many places a search looks at, at most. */
    int longestSearch() {
        return longestSearch;
    }

    /** How many places there are. */
    int size() {
        return places.length;
    }

    private int place(long hash) {
        return (int) hash & (places.length - 1);
    }

    private static long entry(long hash, int index) {
        return (hash & 0xffffffff00000000L) | (index + 1);
    }

    private long hash(byte[] bytes, int offset, int length) {
        long state = seed;
        for (int i = offset; i < offset + length; i++) {
            state = step(state, bytes[i]);
        }
        return finish(state);
    }

    private static long step(long state, byte next) {
        return (state ^ (next & 0xff)) * 0x9e3779b97f4a7c15L;
    }

    /** The steps carry bits only upwards, so the upper ones are brought down. */
    private static long finish(long state) {
        long mixed = (state ^ (state >>> 32)) * 0xd6e8feb86659fd93L;
        return mixed ^ (mixed >>> 32);
    }
}
