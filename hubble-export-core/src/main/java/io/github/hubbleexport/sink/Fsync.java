package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When a {@link RotatingSink} makes the operating system put its lines on the disk, so that they outlive a crash of the
 * machine; a crash of the process alone loses none of them. Immutable.
 */
public final class Fsync {

    private static final Fsync NEVER = new Fsync(Long.MAX_VALUE, false);
    private static final Fsync AT_ROTATION = new Fsync(Long.MAX_VALUE, true);
    private static final Fsync EACH_BATCH = new Fsync(0, true);

    private final long nanos;
    private final boolean wholeFiles;

    private Fsync(long nanos, boolean wholeFiles) {
        this.nanos = nanos;
        this.wholeFiles = wholeFiles;
    }

    /** Leaves it to the operating system, as Hubble does. */
    public static Fsync never() {
        return NEVER;
    }

    /** Before a file is put away, and when the sink is closed. */
    public static Fsync atRotation() {
        return AT_ROTATION;
    }

    /** Before each write returns; also at rotation. */
    public static Fsync eachBatch() {
        return EACH_BATCH;
    }

    /**
     * When an interval has passed since a line was written, with the next write or flush or else by the background thread;
     * also at rotation and when the sink is closed. While that thread is busy with backups the interval may be longer.
     *
     * @param interval above zero
     * @throws IllegalArgumentException if the interval is zero or negative
     */
    public static Fsync interval(Duration interval) {
        requireNonNull(interval, "interval");
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("interval must be above zero: " + interval);
        }
        return new Fsync(saturatedNanos(interval), true);
    }

    /** Whether lines that have waited so long are to be put on the disk now. */
    boolean isDue(long waitedNanos) {
        return nanos != Long.MAX_VALUE && waitedNanos >= nanos;
    }

    /** Nanoseconds until {@link #isDue} for lines that have waited so long; {@link Long#MAX_VALUE} if time alone is no reason. */
    long nanosUntilDue(long waitedNanos) {
        return nanos == Long.MAX_VALUE ? nanos : Math.max(0, nanos - waitedNanos);
    }

    /** Whether a file is put on the disk before it is left. */
    boolean wholeFiles() {
        return wholeFiles;
    }

    /** For people: {@code never}, {@code at rotation}, {@code each batch}, or {@code every PT2S}. */
    @Override
    public String toString() {
        if (nanos == 0) {
            return "each batch";
        }
        if (nanos < Long.MAX_VALUE) {
            return "every " + Duration.ofNanos(nanos);
        }
        return wholeFiles ? "at rotation" : "never";
    }

    private static long saturatedNanos(Duration interval) {
        try {
            return interval.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE; // centuries
        }
    }
}
