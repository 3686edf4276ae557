package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** A set of prefixes as UTF-8: tells in one pass over a text whether it begins with one of them. Immutable. */
final class BytePrefixes {

    /** Sorted, and none begins with another. */
    private final ByteTable table;

    /** Nothing begins everything: so all pods of a namespace are asked for. */
    private final boolean hasEmpty;

    private BytePrefixes(ByteTable table) {
        this.table = table;
        this.hasEmpty = table.find(new byte[0], 0, 0) != ByteTable.NONE;
    }

    static BytePrefixes of(Collection<String> prefixes) {
        List<byte[]> shortest = new ArrayList<>();
        for (byte[] text : SortedBytes.of(prefixes)) {
            if (shortest.isEmpty() || !begins(shortest.get(shortest.size() - 1), text)) {
                shortest.add(text);
            }
        }
        return new BytePrefixes(ByteTable.of(shortest.toArray(byte[][]::new)));
    }

    /** Whether one of the prefixes begins the text. */
    boolean begin(byte[] bytes, int offset, int length) {
        return hasEmpty || table.longestBeginning(bytes, offset, length) != ByteTable.NONE;
    }

    private static boolean begins(byte[] prefix, byte[] text) {
        return prefix.length <= text.length && Arrays.equals(prefix, 0, prefix.length, text, 0, prefix.length);
    }

    @Override
    public String toString() {
        return Arrays.stream(table.texts())
                .map(bytes -> new String(bytes, UTF_8) + "*")
                .toList()
                .toString();
    }
}
