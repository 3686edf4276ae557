package io.github.hubbleexport.stats;

import java.util.Arrays;

/**
 * How long the sink took for its batches, the failed ones too. Immutable. Percentiles are at most 1/32, about 3 %, above
 * the exact ones and never below; the maximum is exact.
 */
public final class LatencySnapshot {

    private static final double MAX_PERCENT = 100;

    private final long[] counts;
    private final long count;
    private final long totalNanos;
    private final long maxNanos;

    LatencySnapshot(long[] counts, long totalNanos, long maxNanos) {
        this.counts = counts;
        this.count = Arrays.stream(counts).sum();
        this.totalNanos = totalNanos;
        this.maxNanos = maxNanos;
    }

    /** How many batches were offered to the sink. */
    public long count() {
        return count;
    }

    /** The longest, in nanoseconds; 0 if there was none. */
    public long maxNanos() {
        return maxNanos;
    }

    /** The mean, in nanoseconds; 0 if there was none. */
    public long meanNanos() {
        return count == 0 ? 0 : totalNanos / count;
    }

    /**
     * A duration that so many per cent of all did not exceed.
     *
     * @param percent above 0, at most 100
     * @return nanoseconds; 0 if there was none
     * @throws IllegalArgumentException if {@code percent} is out of range
     */
    public long percentileNanos(double percent) {
        if (!(percent > 0 && percent <= MAX_PERCENT)) {
            throw new IllegalArgumentException("a percentile is above 0 and at most 100: " + percent);
        }
        long left = (long) Math.ceil(percent / MAX_PERCENT * count);
        for (int i = 0; left > 0 && i < counts.length; i++) {
            left -= counts[i];
            if (left <= 0) {
                return Math.min(LatencyRecorder.highestOf(i), maxNanos);
            }
        }
        return maxNanos;
    }

    /** The count, some percentiles and the maximum, in microseconds. */
    @Override
    public String toString() {
        return count + " writes, µs: p50 " + micros(percentileNanos(50)) + ", p90 " + micros(percentileNanos(90))
                + ", p99 " + micros(percentileNanos(99)) + ", p99.9 " + micros(percentileNanos(99.9)) + ", max "
                + micros(maxNanos);
    }

    private static long micros(long nanos) {
        return nanos / 1_000;
    }
}
