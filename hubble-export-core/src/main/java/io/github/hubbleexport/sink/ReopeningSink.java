package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens a sink again after it has failed, for destinations that are connections: the first line opens one, a failure closes
 * it, and after a pause the next line opens another. Meanwhile lines are refused at once, so that neither the host nor a
 * sick destination is kept busy. Pauses grow from one failure to the next, and begin anew after a write that succeeded.
 *
 * <p>A {@link RotatingSink} does the like by itself. This sink owns what it opens.
 */
public final class ReopeningSink extends Sink {

    /** Opens the inner sink; called by the writing thread. */
    @FunctionalInterface
    public interface Opener {

        /**
         * A new sink, ready to be written to.
         *
         * @throws IOException if there is none now
         */
        Sink open() throws IOException;
    }

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Opener opener;
    private final GrowingPause pause;
    private final AtomicLong openings = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile @Nullable Sink inner;
    private @Nullable Throwable failure;
    private boolean closed;

    private ReopeningSink(Builder told) {
        opener = told.opener;
        pause = new GrowingPause(told.ticker, told.firstPause, told.longestPause);
    }

    /** Begins to describe a sink that is opened again and again. */
    public static Builder builder(Opener opener) {
        return new Builder(opener);
    }

    /** How often the inner sink was opened. May be called by any thread. */
    public long openings() {
        return openings.get();
    }

    /** How often opening, writing, flushing or closing it failed. May be called by any thread. */
    public long failures() {
        return failures.get();
    }

    /** {@link #openings}, {@link #failures} as {@code reopeningFailures}, and what the sink that is open counts. */
    @Override
    public Map<String, Long> figures() {
        Sink open = inner;
        return new Told<Long>()
                .with(open == null ? Map.of() : open.figures())
                .with("openings", openings())
                .with("reopeningFailures", failures())
                .asMap();
    }

    /** The pauses, and what the sink that is open was told: nothing yet before the first line. */
    @Override
    public Map<String, String> settings() {
        Sink open = inner;
        return new Told<String>()
                .with(open == null ? Map.of() : open.settings())
                .with("pauses", pause.toString())
                .asMap();
    }

    /** The sink that is open, in its own words. */
    @Override
    public String toString() {
        Sink open = inner;
        return open == null ? "a sink that is to be opened" : open.toString();
    }

    /**
     * Writes to the inner sink, opening it first where it is not open.
     *
     * @throws PartialWriteException as the inner sink throws it; if lines are left, that sink has been closed
     * @throws IOException if the inner sink cannot be opened, is not to be tried yet, or took no line
     */
    @Override
    public void write(LineBatch batch) throws IOException {
        requireNonNull(batch, "batch");
        if (closed) {
            throw new IOException("the sink is closed");
        }
        try {
            opened().write(batch);
            pause.succeeded();
        } catch (PartialWriteException e) {
            if (e.next() < batch.lines()) {
                failed(e);
            }
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
            throw e;
        }
    }

    /** Flushes the inner sink if it is open; one that fails is closed. */
    @Override
    public void flush() throws IOException {
        Sink open = inner;
        if (open == null) {
            return;
        }
        try {
            open.flush();
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
            throw e;
        }
    }

    /** Closes the inner sink if it is open. Calling it again does nothing. */
    @Override
    public void close() throws IOException {
        closed = true;
        Sink closing = inner;
        inner = null;
        if (closing != null) {
            closing.close();
        }
    }

    private Sink opened() throws IOException {
        Sink open = inner;
        if (open != null) {
            return open;
        }
        if (!pause.isOver()) {
            throw new NotYetException(failure);
        }
        open = requireNonNull(opener.open(), "the opener gave no sink");
        openings.getAndIncrement();
        inner = open;
        return open;
    }

    /** What is refused in a pause makes it no longer. */
    private void failed(Throwable cause) {
        if (cause instanceof NotYetException) {
            return;
        }
        failures.getAndIncrement();
        failure = cause;
        pause.failed();
        Sink closing = inner;
        inner = null;
        if (closing != null) {
            discard(closing, cause);
        }
    }

    private void discard(Sink broken, Throwable cause) {
        try {
            broken.close();
        } catch (IOException | RuntimeException | Error e) {
            failures.getAndIncrement();
            if (e != cause) {
                cause.addSuppressed(e);
            }
        }
    }

    /** Lines came in a pause. */
    private static final class NotYetException extends IOException {

        private static final long serialVersionUID = 1L;

        NotYetException(@Nullable Throwable cause) {
            super("the destination failed and is not tried again yet", cause);
        }
    }

    /** Describes a {@link ReopeningSink}. For one thread. */
    public static final class Builder {

        private final Opener opener;
        private Duration firstPause = FIRST_PAUSE;
        private Duration longestPause = LONGEST_PAUSE;
        private LongSupplier ticker = System::nanoTime;

        private Builder(Opener opener) {
            this.opener = requireNonNull(opener, "opener");
        }

        /**
         * How long nothing is tried after a failure: at first, and at most, since each pause is twice as long as the one
         * before. A tenth of a second and ten seconds unless told otherwise.
         *
         * @throws IllegalArgumentException unless zero &lt; first &lt;= longest &lt;= a year
         */
        public Builder pauses(Duration first, Duration longest) {
            GrowingPause.check(first, longest);
            firstPause = first;
            longestPause = longest;
            return this;
        }

        /** For tests: the source of nanoseconds by which pauses are measured. */
        Builder ticker(LongSupplier nanos) {
            ticker = nanos;
            return this;
        }

        /** Makes the sink; opens nothing. */
        public ReopeningSink build() {
            return new ReopeningSink(this);
        }
    }
}
