package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A sink with a bounded queue and a daemon thread of its own, for a branch of a {@link TeeSink} that may be slow, blocks or
 * breaks: {@link #write} copies the lines and returns at once, whatever the inner sink does.
 *
 * <p>So lines count as taken when they are queued. What does not fit into the queue is lost, and so is what the inner sink
 * does not take, after it was offered the rest of a batch once more. {@link #stats} tells how much; {@link #flush} and
 * {@link #close} throw when lines were lost since they were last called, so that an exporter tells its log.
 *
 * <p>It owns the inner sink, which its thread writes, flushes and closes. The thread begins with the first line.
 */
public final class IsolatedSink extends Sink {

    /** Bytes that may wait unless told otherwise: {@value}. */
    public static final int DEFAULT_MAX_QUEUED_BYTES = 16 * 1024 * 1024;

    private final Sink inner;
    private final IsolatedQueue queue;
    private final IsolatedWorker worker;
    private final String name;
    private final int maxQueuedBytes;
    private final Duration closeWait;

    private IsolatedSink(Builder told) {
        inner = told.inner;
        queue = new IsolatedQueue(told.maxQueuedBytes);
        worker = new IsolatedWorker(told.inner, told.name, queue);
        name = told.name;
        maxQueuedBytes = told.maxQueuedBytes;
        closeWait = told.closeWait;
    }

    /**
     * Begins to describe an isolated sink.
     *
     * @param inner where the lines go; belongs to the isolated sink from here on
     */
    public static Builder builder(Sink inner) {
        return new Builder(inner);
    }

    /** What became of the lines so far. May be called by any thread. */
    public BranchStats stats() {
        return queue.stats();
    }

    /** The numbers of {@link #stats}, by their names there, and those of the inner sink as {@code inner.lines} and so on. */
    @Override
    public Map<String, Long> figures() {
        return new Told<Long>()
                .with(stats().figures())
                .under("inner", inner.figures())
                .asMap();
    }

    /** What this sink was told, and the inner one, as {@code inner.fsync} and so on, and where that leads. */
    @Override
    public Map<String, String> settings() {
        return new Told<String>()
                .with("name", name)
                .with("maxQueuedBytes", String.valueOf(maxQueuedBytes))
                .with("closeWait", closeWait.toString())
                .under("inner", Told.settingsOf(inner))
                .asMap();
    }

    /** The inner sink in its own words. */
    @Override
    public String toString() {
        return inner.toString();
    }

    /**
     * Queues copies of the lines that fit and counts the others as lost; does not wait.
     *
     * @throws IOException if this sink is closed
     */
    @Override
    public void write(LineBatch batch) throws IOException {
        queue.add(requireNonNull(batch, "batch"));
        worker.start();
    }

    /**
     * Asks for a flush behind the queued lines, and does not wait for it.
     *
     * @throws IOException if lines were lost or a flush failed since this was called last
     */
    @Override
    public void flush() throws IOException {
        queue.askForFlush();
        throwIfAny(queue.takeTrouble());
    }

    /**
     * Waits until the queued lines are written and the inner sink is closed, but not longer than told: then the thread is
     * interrupted and left to itself, and what it has not written is lost. An interrupted caller waits too, and stays
     * interrupted. Calling it again does nothing.
     *
     * @throws IOException if lines were lost since {@link #flush} was called last, or the inner sink was not closed
     */
    @Override
    public void close() throws IOException {
        if (!queue.close()) {
            return;
        }
        worker.start();
        worker.end(closeWait);
        throwIfAny(queue.takeTrouble());
    }

    private void throwIfAny(Optional<IOException> trouble) throws IOException {
        if (trouble.isPresent()) {
            throw trouble.get();
        }
    }

    /** Describes an {@link IsolatedSink}. For one thread. */
    public static final class Builder {

        private final Sink inner;
        private String name = "branch";
        private int maxQueuedBytes = DEFAULT_MAX_QUEUED_BYTES;
        private Duration closeWait = Duration.ofSeconds(5);

        private Builder(Sink inner) {
            this.inner = requireNonNull(inner, "inner");
        }

        /** Names the thread. */
        public Builder name(String text) {
            name = requireNonNull(text, "text");
            return this;
        }

        /**
         * How many bytes of lines may wait or be in the hands of the inner sink, at least 1;
         * {@value IsolatedSink#DEFAULT_MAX_QUEUED_BYTES} unless told otherwise. Memory of up to four times that many
         * bytes is taken as it is needed, and kept.
         *
         * @throws IllegalArgumentException if the number is below 1
         */
        public Builder maxQueuedBytes(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxQueuedBytes must be at least 1: " + bytes);
            }
            maxQueuedBytes = bytes;
            return this;
        }

        /**
         * How long closing waits at most; five seconds unless told otherwise.
         *
         * @throws IllegalArgumentException if the time is negative
         */
        public Builder closeWait(Duration most) {
            if (most.isNegative()) {
                throw new IllegalArgumentException("closeWait must not be negative: " + most);
            }
            closeWait = most;
            return this;
        }

        /** Makes the sink; nothing is started or opened before the first line. */
        public IsolatedSink build() {
            return new IsolatedSink(this);
        }
    }
}
