package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;

/** A set of texts as UTF-8, asked with a range of an array. Immutable. */
final class ByteSet {

    private final ByteTable table;

    private ByteSet(ByteTable table) {
        this.table = table;
    }

    static ByteSet of(Collection<String> texts) {
        return new ByteSet(ByteTable.of(SortedBytes.of(texts)));
    }

    boolean contains(byte[] bytes, int offset, int length) {
        return table.find(bytes, offset, length) != ByteTable.NONE;
    }

    /** The texts in the order of their bytes: {@code [a, b]}. */
    @Override
    public String toString() {
        return Arrays.stream(table.texts())
                .map(bytes -> new String(bytes, UTF_8))
                .toList()
                .toString();
    }
}
