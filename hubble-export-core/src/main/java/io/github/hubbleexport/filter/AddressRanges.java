package io.github.hubbleexport.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A set of numbers of 128 bits, given as ranges, asked in logarithmic time. Immutable. */
final class AddressRanges {

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
    private static final Comparator<Range> BY_START_WIDEST_FIRST = Comparator.<Range>comparingLong(
                    range -> range.startUpper() + Long.MIN_VALUE)
            .thenComparingLong(range -> range.startLower() + Long.MIN_VALUE)
            .thenComparingLong(range -> ~range.endUpper() + Long.MIN_VALUE)
            .thenComparingLong(range -> ~range.endLower() + Long.MIN_VALUE);

    private final long[] startUpper;
    private final long[] startLower;
    private final long[] endUpper;
    private final long[] endLower;

    private AddressRanges(List<Range> ranges) {
        startUpper = ranges.stream().mapToLong(Range::startUpper).toArray();
        startLower = ranges.stream().mapToLong(Range::startLower).toArray();
        endUpper = ranges.stream().mapToLong(Range::endUpper).toArray();
        endLower = ranges.stream().mapToLong(Range::endLower).toArray();
    }

    /** Prefixes either contain each other or have nothing in common, so the outermost ones are enough. */
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
        return high >= 0 && isAtMost(upper, lower, endUpper[high], endLower[high]);
    }

    private static boolean isAtMost(long upper, long lower, long otherUpper, long otherLower) {
        int order = Long.compareUnsigned(upper, otherUpper);
        return order < 0 || (order == 0 && Long.compareUnsigned(lower, otherLower) <= 0);
    }
}
