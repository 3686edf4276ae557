package io.github.hubbleexport.stats;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts durations in buckets that grow with what they hold: 32 of equal width between one power of two and the next, so
 * that a bucket is at most 1/32 of its values wide. Durations below 64 ns have a bucket each. From any thread at once,
 * without a lock and without allocation.
 */
public final class LatencyRecorder {

    private static final int BITS = 5;
    private static final int PER_OCTAVE = 1 << BITS;
    private static final int BUCKETS = (Long.SIZE - BITS) * PER_OCTAVE;

    private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong max = new AtomicLong();

    /** Begins empty. */
    public LatencyRecorder() {}

    /** Counts one duration; one below zero, which a clock may give by mistake, as zero. */
    public void record(long nanos) {
        long value = Math.max(0, nanos);
        buckets.getAndIncrement(bucketOf(value));
        total.getAndAdd(value);
        if (value > max.get()) {
            max.accumulateAndGet(value, Math::max);
        }
    }

    /** What was counted so far. */
    public LatencySnapshot snapshot() {
        long[] counts = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = buckets.get(i);
        }
        return new LatencySnapshot(counts, total.get(), max.get());
    }

    static int bucketOf(long value) {
        int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(value | 1) - BITS);
        return shift * PER_OCTAVE + (int) (value >>> shift);
    }

    /** The highest value that falls into a bucket. */
    static long highestOf(int bucket) {
        int shift = Math.max(0, bucket / PER_OCTAVE - 1);
        long first = bucket - (long) shift * PER_OCTAVE;
        return ((first + 1) << shift) - 1;
    }
}
