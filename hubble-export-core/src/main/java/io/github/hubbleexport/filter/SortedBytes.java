package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;

/** Texts as UTF-8 in the order of their bytes, searched with a range of an array. */
final class SortedBytes {

    private SortedBytes() {}

    /** The different texts, sorted. */
    static byte[][] of(Collection<String> texts) {
        return texts.stream()
                .distinct()
                .map(text -> text.getBytes(UTF_8))
                .sorted(Arrays::compareUnsigned)
                .toArray(byte[][]::new);
    }

    /** The index of a text, or {@code -1 - n} when n texts stand before the place where it would be. */
    static int find(byte[][] sorted, byte[] bytes, int offset, int length) {
        int low = 0;
        int high = sorted.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            byte[] candidate = sorted[middle];
            int order = Arrays.compareUnsigned(candidate, 0, candidate.length, bytes, offset, offset + length);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }
}
