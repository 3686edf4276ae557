package io.github.hubbleexport.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Ranges of numbers of 128 bits, asked in logarithmic time. They either contain each other or have nothing in common, as
 * prefixes do. Immutable.
 */
final class AddressRanges {

    /** Instead of an index: there is no such range. */
    static final int NONE = -1;

    /** One range; both ends belong to it. */
    record Range(long startUpper, long startLower, long endUpper, long endLower) {

        /** The addresses that share their first bits with one. */
        static Range ofPrefix(long upper, long lower, int bits) {
            long upperMask = mask(bits);
            long lowerMask = mask(bits - Long.SIZE);
            return new Range(
                    upper & upperMask,
                    lower & lowerMask,
                    (upper & upperMask) | ~upperMask,
                    (lower & lowerMask) | ~lowerMask);
        }

        /** Whether the other range lies within this one. */
        boolean covers(Range other) {
            return isAtMost(startUpper, startLower, other.startUpper, other.startLower)
                    && isAtMost(other.endUpper, other.endLower, endUpper, endLower);
        }

        private static long mask(int bits) {
            return bits <= 0 ? 0 : -1L << Math.max(0, Long.SIZE - bits);
        }
    }

    /** Of numbers without sign; the complement turns their order around. */
    static final Comparator<Range> BY_START_WIDEST_FIRST = Comparator.<Range>comparingLong(
                    range -> range.startUpper() + Long.MIN_VALUE)
            .thenComparingLong(range -> range.startLower() + Long.MIN_VALUE)
            .thenComparingLong(range -> ~range.endUpper() + Long.MIN_VALUE)
            .thenComparingLong(range -> ~range.endLower() + Long.MIN_VALUE);

    private final long[] startUpper;
    private final long[] startLower;
    private final long[] endUpper;
    private final long[] endLower;

    /** The narrowest other range around each. */
    private final int[] around;

    private AddressRanges(List<Range> ranges) {
        startUpper = ranges.stream().mapToLong(Range::startUpper).toArray();
        startLower = ranges.stream().mapToLong(Range::startLower).toArray();
        endUpper = ranges.stream().mapToLong(Range::endUpper).toArray();
        endLower = ranges.stream().mapToLong(Range::endLower).toArray();
        around = around(ranges);
    }

    /** The ranges around one stand before it, on one chain. */
    private static int[] around(List<Range> ranges) {
        int[] around = new int[ranges.size()];
        for (int i = 0; i < around.length; i++) {
            int at = i - 1;
            while (at >= 0 && !ranges.get(at).covers(ranges.get(i))) {
                at = around[at];
            }
            around[i] = at;
        }
        return around;
    }

    /** Ranges with the indexes of a list, which is in {@link #BY_START_WIDEST_FIRST} without repetition. */
    static AddressRanges ofSorted(List<Range> ranges) {
        return new AddressRanges(ranges);
    }

    /** A set of prefixes; the outermost ones are enough. */
    static AddressRanges ofPrefixes(List<Range> prefixes) {
        List<Range> sorted = new ArrayList<>(prefixes);
        sorted.sort(BY_START_WIDEST_FIRST);
        List<Range> outermost = new ArrayList<>();
        for (Range range : sorted) {
            if (outermost.isEmpty() || !outermost.get(outermost.size() - 1).covers(range)) {
                outermost.add(range);
            }
        }
        return new AddressRanges(outermost);
    }

    boolean isEmpty() {
        return startUpper.length == 0;
    }

    boolean contains(long upper, long lower) {
        return narrowest(upper, lower) != NONE;
    }

    /** The narrowest range with a number in it, or {@link #NONE}; {@link #around} tells the others. */
    int narrowest(long upper, long lower) {
        int at = lastStart(upper, lower);
        while (at != NONE && !isAtMost(upper, lower, endUpper[at], endLower[at])) {
            at = around[at];
        }
        return at;
    }

    /** The narrowest range around another one, or {@link #NONE}. */
    int around(int index) {
        return around[index];
    }

    int size() {
        return startUpper.length;
    }

    private int lastStart(long upper, long lower) {
        int low = 0;
        int high = startUpper.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (isAtMost(startUpper[middle], startLower[middle], upper, lower)) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private static boolean isAtMost(long upper, long lower, long otherUpper, long otherLower) {
        int order = Long.compareUnsigned(upper, otherUpper);
        return order < 0 || (order == 0 && Long.compareUnsigned(lower, otherLower) <= 0);
    }
}
