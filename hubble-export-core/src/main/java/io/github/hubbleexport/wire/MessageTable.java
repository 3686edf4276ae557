package io.github.hubbleexport.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From the tag of a field to what a scan does with it, for one message. Immutable. Small tags index an array; the few
 * large ones of the Hubble API go through a hash that was searched until none of them collide.
 */
final class MessageTable {

    /** A message of which nothing is wanted. */
    static final MessageTable EMPTY = new MessageTable(List.of());

    private static final int DIRECT_TAGS = 512;
    private static final int FIRST_FACTOR = 0x9E3779B1;
    private static final int FACTOR_STEP = 0x3C6EF372;
    private static final int HASH_SEARCHES = 10_000;

    private final @Nullable ScanEntry[] direct;
    private final @Nullable ScanEntry[] hashed;
    private final int factor;
    private final int shift;

    MessageTable(List<ScanEntry> entries) {
        List<ScanEntry> large =
                entries.stream().filter(entry -> entry.tag >= DIRECT_TAGS).toList();
        this.direct = new ScanEntry[directSize(entries)];
        entries.stream().filter(entry -> entry.tag < DIRECT_TAGS).forEach(entry -> direct[entry.tag] = entry);
        int bits = Math.max(1, 34 - Integer.numberOfLeadingZeros(large.size()));
        this.shift = Integer.SIZE - bits;
        this.hashed = new ScanEntry[1 << bits];
        this.factor = searchFactor(large);
        large.forEach(entry -> hashed[hash(entry.tag, factor)] = entry);
    }

    private static int directSize(List<ScanEntry> entries) {
        return 1
                + entries.stream()
                        .mapToInt(entry -> entry.tag)
                        .filter(tag -> tag < DIRECT_TAGS)
                        .max()
                        .orElse(0);
    }

    private int searchFactor(List<ScanEntry> large) {
        int candidate = FIRST_FACTOR;
        for (int i = 0; i < HASH_SEARCHES; i++) {
            int factorToTry = candidate;
            long places = large.stream()
                    .mapToInt(entry -> hash(entry.tag, factorToTry))
                    .distinct()
                    .count();
            if (places == large.size()) {
                return candidate;
            }
            candidate += FACTOR_STEP;
        }
        throw new IllegalStateException("no factor keeps these tags apart: " + large);
    }

    private int hash(int tag, int withFactor) {
        return (tag * withFactor) >>> shift;
    }

    /** What to do with the field of a tag; null: step over it. */
    @Nullable
    ScanEntry entry(int tag) {
        if (Integer.compareUnsigned(tag, direct.length) < 0) {
            return direct[tag];
        }
        ScanEntry entry = hashed[hash(tag, factor)];
        return entry != null && entry.tag == tag ? entry : null;
    }
}
