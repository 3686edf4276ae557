package io.github.hubbleexport;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.deliver.QueueBounds;
import io.github.hubbleexport.deliver.QueueBounds.Overflow;
import io.github.hubbleexport.problem.Problems;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How encoded events get to the sink, and what {@code export} says about it. Immutable; equal when it says the same. Numbers
 * are checked by {@link ExporterBuilder#build}.
 */
public final class Delivery {

    /** What a queue may hold unless told otherwise, in bytes: 16 MiB. */
    public static final long DEFAULT_QUEUE_BYTES = 16L * 1024 * 1024;

    /** What a queue may hold unless told otherwise, in events: {@value}. */
    public static final int DEFAULT_QUEUE_EVENTS = 65_536;

    /** The most bytes that can be asked for: 1 TiB. */
    public static final long MAX_QUEUE_BYTES = 1L << 40;

    private static final Duration MAX_LIMIT = Duration.ofHours(1);
    private static final Delivery DIRECT = new Delivery(Mode.DIRECT, null);
    private static final Delivery STRICT = new Delivery(Mode.STRICT, null);

    /** The three ways. */
    public enum Mode {
        /** {@link Delivery#direct}. */
        DIRECT,
        /** {@link Delivery#strict}. */
        STRICT,
        /** {@link Delivery#queued(long, int, WhenFull)}. */
        QUEUED
    }

    /** What happens to an event that finds the queue full. Immutable; equal when it says the same. */
    public static final class WhenFull {

        private static final WhenFull NEWEST = new WhenFull(Overflow.DROP_NEWEST, Duration.ZERO);
        private static final WhenFull OLDEST = new WhenFull(Overflow.DROP_OLDEST, Duration.ZERO);

        private final Overflow overflow;
        private final Duration limit;

        private WhenFull(Overflow overflow, Duration limit) {
            this.overflow = overflow;
            this.limit = limit;
        }

        /**
         * {@code export} waits until there is room; if there is none in time, the event is lost.
         *
         * @param limit how long at most, above 0 and up to an hour
         */
        public static WhenFull block(Duration limit) {
            return new WhenFull(Overflow.BLOCK, requireNonNull(limit, "limit"));
        }

        /**
         * It is lost, and {@code export} returns at once. So is every later one until the sink has taken a batch out of the
         * queue, so that what is missing is missing in one piece.
         */
        public static WhenFull dropNewest() {
            return NEWEST;
        }

        /** Events that wait in the queue are lost, the oldest first, until it fits; {@code export} returns at once. */
        public static WhenFull dropOldest() {
            return OLDEST;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof WhenFull that && overflow == that.overflow && limit.equals(that.limit);
        }

        @Override
        public int hashCode() {
            return 31 * overflow.hashCode() + limit.hashCode();
        }

        @Override
        public String toString() {
            return switch (overflow) {
                case BLOCK -> "block for " + limit;
                case DROP_NEWEST -> "drop newest";
                case DROP_OLDEST -> "drop oldest";
            };
        }
    }

    private final Mode mode;
    private final @Nullable Queue queue;

    private record Queue(long maxBytes, int maxEvents, WhenFull whenFull) {}

    private Delivery(Mode mode, @Nullable Queue queue) {
        this.mode = mode;
        this.queue = queue;
    }

    /**
     * Without a queue, the default: events gather in a batch, and the thread whose event fills it writes it out, for as long
     * as the sink takes. Others fill a second batch meanwhile, and wait when that is four times as large as a full one.
     */
    public static Delivery direct() {
        return DIRECT;
    }

    /**
     * For hosts that must not go on without their log: {@code export} returns when the sink has taken the event and was
     * flushed, and throws {@link StrictDeliveryException} for every event that should have been exported and was not, for
     * whatever reason. With a {@code RotatingSink} that has an fsync for each batch, the event is on the disk then. Threads
     * that export at the same time share a write. There are no batches to be filled, so {@code batchBytes} and
     * {@code flushInterval} cannot be set; and there is no strict queue, since it would take events before the sink does.
     */
    public static Delivery strict() {
        return STRICT;
    }

    /** A queue of {@value #DEFAULT_QUEUE_EVENTS} events and 16 MiB; see {@link #queued(long, int, WhenFull)}. */
    public static Delivery queued(WhenFull whenFull) {
        return queued(DEFAULT_QUEUE_BYTES, DEFAULT_QUEUE_EVENTS, whenFull);
    }

    /**
     * A queue and a thread of its own for the exporter: {@code export} puts the event into the queue and returns, however slow
     * the sink is. Besides what waits, one batch is in memory while it is at the sink.
     *
     * @param maxBytes how much may wait, in bytes as written, 1 to {@link #MAX_QUEUE_BYTES}; an event larger than that is lost
     * @param maxEvents how many may wait, at least 1
     * @param whenFull what happens when one of the bounds is reached
     */
    public static Delivery queued(long maxBytes, int maxEvents, WhenFull whenFull) {
        return new Delivery(Mode.QUEUED, new Queue(maxBytes, maxEvents, requireNonNull(whenFull, "whenFull")));
    }

    /** Which of the three ways. */
    public Mode mode() {
        return mode;
    }

    void check(Problems problems) {
        if (queue == null) {
            return;
        }
        if (queue.maxBytes < 1 || queue.maxBytes > MAX_QUEUE_BYTES) {
            problems.add("delivery.maxBytes", String.valueOf(queue.maxBytes), "expected 1 to " + MAX_QUEUE_BYTES);
        }
        if (queue.maxEvents < 1) {
            problems.add("delivery.maxEvents", String.valueOf(queue.maxEvents), "expected at least 1");
        }
        Duration limit = queue.whenFull.limit;
        if (queue.whenFull.overflow == Overflow.BLOCK
                && (limit.isNegative() || limit.isZero() || limit.compareTo(MAX_LIMIT) > 0)) {
            problems.add("delivery.limit", limit.toString(), "expected more than 0 and at most an hour");
        }
    }

    /** The bounds of the queue; only when there is one. */
    QueueBounds bounds() {
        Queue present = requireNonNull(queue, "queue");
        WhenFull whenFull = present.whenFull;
        return new QueueBounds(present.maxBytes, present.maxEvents, whenFull.overflow, whenFull.limit.toNanos());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Delivery that
                && mode == that.mode
                && (queue == null ? that.queue == null : queue.equals(that.queue));
    }

    @Override
    public int hashCode() {
        return 31 * mode.hashCode() + (queue == null ? 0 : queue.hashCode());
    }

    /** For people: {@code queued, 65536 events, 16777216 bytes, drop oldest}. */
    @Override
    public String toString() {
        return switch (mode) {
            case DIRECT -> "direct";
            case STRICT -> "strict";
            case QUEUED ->
                queue == null
                        ? "queued"
                        : "queued, " + queue.maxEvents + " events, " + queue.maxBytes + " bytes, " + queue.whenFull;
        };
    }
}
