package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;

/** A set of texts as UTF-8, asked with a range of an array. Immutable. */
final class ByteSet {

    private final byte[][] sorted;

    private ByteSet(byte[][] sorted) {
        this.sorted = sorted;
    }

    static ByteSet of(Collection<String> texts) {
        return new ByteSet(SortedBytes.of(texts));
    }

    boolean contains(byte[] bytes, int offset, int length) {
        return SortedBytes.find(sorted, bytes, offset, length) >= 0;
    }

    /** The texts in the order of their bytes: {@code [a, b]}. */
    @Override
    public String toString() {
        return Arrays.stream(sorted)
                .map(bytes -> new String(bytes, UTF_8))
                .toList()
                .toString();
    }
}
