package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** A set of prefixes as UTF-8: tells in logarithmic time whether a text begins with one of them. Immutable. */
final class BytePrefixes {

    /** Sorted, and none begins with another: so only the last one that is not after a text can begin it. */
    private final byte[][] sorted;

    private BytePrefixes(byte[][] sorted) {
        this.sorted = sorted;
    }

    static BytePrefixes of(Collection<String> prefixes) {
        List<byte[]> shortest = new ArrayList<>();
        for (byte[] prefix : SortedBytes.of(prefixes)) {
            if (shortest.isEmpty() || !begins(shortest.get(shortest.size() - 1), prefix, 0, prefix.length)) {
                shortest.add(prefix);
            }
        }
        return new BytePrefixes(shortest.toArray(byte[][]::new));
    }

    /** Whether one of the prefixes begins the text. */
    boolean begin(byte[] bytes, int offset, int length) {
        int found = SortedBytes.find(sorted, bytes, offset, length);
        int before = -2 - found;
        return found >= 0 || (before >= 0 && begins(sorted[before], bytes, offset, length));
    }

    private static boolean begins(byte[] prefix, byte[] bytes, int offset, int length) {
        return prefix.length <= length
                && Arrays.equals(prefix, 0, prefix.length, bytes, offset, offset + prefix.length);
    }

    @Override
    public String toString() {
        return Arrays.stream(sorted)
                .map(bytes -> new String(bytes, UTF_8) + "*")
                .toList()
                .toString();
    }
}
