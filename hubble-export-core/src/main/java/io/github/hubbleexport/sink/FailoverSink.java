package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Writes to one sink, to a second one while the first is sick, and to the first again when it is well.
 *
 * <p>When the first sink throws, the lines that it has not taken go to the second at once, and so do those of the next
 * batches. After growing pauses a batch is offered to the first again; when it takes it all, lines stay there. No line is
 * written twice as long as the sinks tell what they took with {@link PartialWriteException}; after any other exception the
 * whole rest is offered to the other sink. Where both throw, the rest is lost; the sick first sink is then tried without a
 * pause, since nothing else is left for the lines.
 *
 * <p>A sink that blocks is not noticed: wrap it in an {@link IsolatedSink} for that, whose losses are then its own. It owns
 * both sinks and closes them.
 *
 * <p>Nobody who writes hears that lines go to the second sink: the listener does, and the log, once a minute at most.
 */
public final class FailoverSink extends Sink {

    /** Pauses before the first sink is tried again, unless told otherwise. */
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final FailoverSide primary;
    private final FailoverSide secondary;
    private final FailoverListener listener;
    private final GrowingPause pause;
    private final TroubleLog trouble;
    private final AtomicLong failovers = new AtomicLong();
    private final AtomicLong listenerFailures = new AtomicLong();
    private volatile boolean onSecondary;
    private boolean closed;

    private FailoverSink(Builder told) {
        primary = new FailoverSide(told.primary);
        secondary = new FailoverSide(told.secondary);
        listener = told.listener;
        pause = new GrowingPause(told.ticker, told.firstPause, told.longestPause);
        trouble = new TroubleLog(System.getLogger(FailoverSink.class.getName()), told.ticker);
    }

    /**
     * Begins to describe a pair of sinks, which belong to the fail-over sink from here on.
     *
     * @param primary where lines go while it is well
     * @param secondary where they go meanwhile
     * @throws IllegalArgumentException if they are the same
     */
    public static Builder builder(Sink primary, Sink secondary) {
        return new Builder(primary, secondary);
    }

    /** What happened so far. May be called by any thread. */
    public FailoverStats stats() {
        return new FailoverStats(
                onSecondary,
                failovers.get(),
                primary.lines.get(),
                secondary.lines.get(),
                primary.failures.get(),
                secondary.failures.get(),
                listenerFailures.get());
    }

    /**
     * The numbers of {@link #stats}, 1 for true, by their names there, and those of the two sinks as {@code primary.lines},
     * {@code secondary.lines} and so on.
     */
    @Override
    public Map<String, Long> figures() {
        return new Told<Long>()
                .with(stats().figures())
                .under("primary", primary.sink.figures())
                .under("secondary", secondary.sink.figures())
                .asMap();
    }

    /**
     * The pauses, what the two sinks were told, as {@code primary.fsync} and so on, and where they lead, as
     * {@code primary.destination}.
     */
    @Override
    public Map<String, String> settings() {
        return new Told<String>()
                .with("pauses", pause.toString())
                .under("primary", Told.settingsOf(primary.sink))
                .under("secondary", Told.settingsOf(secondary.sink))
                .asMap();
    }

    /** The two sinks in their own words. */
    @Override
    public String toString() {
        return primary.sink + " or else " + secondary.sink;
    }

    /**
     * Writes to the sink whose turn it is, and what that one does not take to the other.
     *
     * @throws PartialWriteException if lines are left that neither took, or one refused
     * @throws IOException if this sink is closed
     */
    @Override
    public void write(LineBatch batch) throws IOException {
        requireNonNull(batch, "batch");
        if (closed) {
            throw new IOException("the sink is closed");
        }
        boolean primaryFirst = !onSecondary || pause.isOver();
        FailoverWrite write = new FailoverWrite(batch);
        offer(write, primaryFirst ? primary : secondary);
        if (!write.isDone()) {
            offer(write, primaryFirst ? secondary : primary);
        }
        write.throwIfAny();
    }

    /**
     * Flushes both sinks. If the first one fails, lines go to the second from then on.
     *
     * @throws IOException if one of them failed, with what the other threw suppressed
     */
    @Override
    public void flush() throws IOException {
        if (closed) {
            return;
        }
        Throwable first = primary.attempt(Sink::flush);
        if (first != null) {
            leavePrimary(first);
        }
        FailoverSide.throwIfAny("flush", first, secondary.attempt(Sink::flush));
    }

    /** Closes both sinks, also when one of them fails. Calling it again does nothing. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        FailoverSide.throwIfAny("close", primary.attempt(Sink::close), secondary.attempt(Sink::close));
    }

    private void offer(FailoverWrite write, FailoverSide side) {
        Throwable failure = write.offerTo(side);
        if (side == primary && failure == null) {
            returnToPrimary();
        } else if (side == primary && failure != null) {
            leavePrimary(failure);
        }
    }

    private void leavePrimary(Throwable cause) {
        pause.failed();
        if (!onSecondary) {
            onSecondary = true;
            failovers.getAndIncrement();
            tell(host -> host.failedOver(cause));
            tell(host -> trouble.add("lines go to " + secondary.sink + ", since " + primary.sink + " failed", cause));
        }
    }

    private void returnToPrimary() {
        pause.succeeded();
        if (onSecondary) {
            onSecondary = false;
            tell(FailoverListener::failedBack);
        }
    }

    private void tell(Consumer<FailoverListener> news) {
        try {
            news.accept(listener);
        } catch (RuntimeException | Error e) {
            listenerFailures.getAndIncrement();
        }
    }

    /** Describes a {@link FailoverSink}. For one thread. */
    public static final class Builder {

        private final Sink primary;
        private final Sink secondary;
        private FailoverListener listener = new FailoverListener() {};
        private Duration firstPause = FIRST_PAUSE;
        private Duration longestPause = LONGEST_PAUSE;
        private LongSupplier ticker = System::nanoTime;

        private Builder(Sink primary, Sink secondary) {
            this.primary = requireNonNull(primary, "primary");
            this.secondary = requireNonNull(secondary, "secondary");
            if (primary.equals(secondary)) {
                throw new IllegalArgumentException("a sink cannot stand in for itself");
            }
        }

        /**
         * How long the first sink is left alone after a failure: at first, and at most, since each pause is twice as long as
         * the one before. A second and a minute unless told otherwise.
         *
         * @throws IllegalArgumentException unless zero &lt; first &lt;= longest &lt;= a year
         */
        public Builder pauses(Duration first, Duration longest) {
            GrowingPause.check(first, longest);
            firstPause = first;
            longestPause = longest;
            return this;
        }

        /** Whom to tell of changes; nobody unless told otherwise. */
        public Builder listener(FailoverListener host) {
            listener = requireNonNull(host, "host");
            return this;
        }

        /** For tests: the source of nanoseconds by which pauses are measured. */
        Builder ticker(LongSupplier nanos) {
            ticker = nanos;
            return this;
        }

        /** Makes the sink; opens nothing. */
        public FailoverSink build() {
            return new FailoverSink(this);
        }
    }
}
