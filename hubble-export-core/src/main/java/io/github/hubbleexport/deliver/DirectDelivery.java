package io.github.hubbleexport.deliver;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.PartialWriteException;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.EventRecorder;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.stats.LossReporter;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Delivery without a queue: records gather in a batch, and the thread whose record fills it writes it out. Meanwhile
 * other threads fill a second batch. A background thread writes out what is older than the flush interval.
 *
 * <p>Two locks, always taken in this order: {@code writing} is held while the sink works, {@code filling} only while a
 * record is appended or the batches change places. Both are held past interrupts, so an interrupted thread loses
 * nothing and stays interrupted.
 */
public final class DirectDelivery implements AutoCloseable {

    private final Sink sink;
    private final int batchBytes;
    private final EventRecorder recorder;
    private final LossReporter losses;
    private final Flusher flusher;

    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock filling = new ReentrantLock();
    private final Condition notEmpty = filling.newCondition();

    private LineBatch current;
    private LineBatch spare;
    /** Grows when the batches change places: tells which batch a record went into. */
    private long generation;

    private boolean closed;

    /**
     * A delivery to one sink, which it owns from here on.
     *
     * @param sink where batches go; never called by two threads at once
     * @param batchBytes a batch with at least this many bytes is written out at once
     * @param flushIntervalNanos how long a record waits at most for its batch to fill
     * @param name names the background thread
     */
    public DirectDelivery(
            Sink sink,
            int batchBytes,
            long flushIntervalNanos,
            String name,
            EventRecorder recorder,
            LossReporter losses) {
        this.sink = requireNonNull(sink, "sink");
        this.batchBytes = batchBytes;
        this.recorder = recorder;
        this.losses = losses;
        this.current = new LineBatch(batchBytes);
        this.spare = new LineBatch(batchBytes);
        this.flusher = new Flusher(this, flushIntervalNanos, name);
    }

    /** Starts the background thread. */
    public void start() {
        flusher.start();
    }

    /**
     * Hands over one record, of which a copy is taken.
     *
     * @return what became of it
     */
    public Delivered deliver(byte[] bytes, int offset, int length) {
        long myGeneration;
        int myLine;
        filling.lock();
        try {
            if (closed) {
                return Delivered.REFUSED;
            }
            if (current.isEmpty()) {
                notEmpty.signalAll();
            }
            current.append(bytes, offset, length);
            if (current.length() < batchBytes) {
                return Delivered.BUFFERED;
            }
            myGeneration = generation;
            myLine = current.lines() - 1;
        } finally {
            filling.unlock();
        }
        return writeOut(myGeneration, myLine);
    }

    /** Writes out what waits, and asks the sink to do the same. Failures are counted and told, never thrown. */
    public void flush() {
        writing.lock();
        try {
            writeCurrent();
            flushSink();
        } finally {
            writing.unlock();
        }
    }

    /** Writes out what waits, closes the sink and ends the background thread. Does nothing when called again. */
    @Override
    public void close() {
        if (!markClosed()) {
            return;
        }
        flusher.end();
        writing.lock();
        try {
            writeCurrent();
            flushSink();
            closeSink();
        } finally {
            writing.unlock();
        }
    }

    private boolean markClosed() {
        filling.lock();
        try {
            boolean first = !closed;
            closed = true;
            notEmpty.signalAll();
            return first;
        } finally {
            filling.unlock();
        }
    }

    /** Waits until a record waits; false: the delivery is closed. */
    boolean awaitRecord() throws InterruptedException {
        filling.lock();
        try {
            while (current.isEmpty() && !closed) {
                notEmpty.await();
            }
            return !closed;
        } finally {
            filling.unlock();
        }
    }

    private Delivered writeOut(long myGeneration, int myLine) {
        writing.lock();
        try {
            if (generation != myGeneration) {
                return Delivered.BUFFERED;
            }
            return myLine < writeCurrent() ? Delivered.WRITTEN : Delivered.LOST;
        } finally {
            writing.unlock();
        }
    }

    /** Gives the current batch to the sink; returns how many of its lines the sink took. */
    private int writeCurrent() {
        LineBatch batch = takeCurrent();
        int lines = batch.lines();
        int taken = lines;
        Throwable failure = null;
        try {
            if (lines > 0) {
                sink.write(batch);
            }
        } catch (PartialWriteException e) {
            failure = e;
            taken = Math.min(e.linesWritten(), lines);
        } catch (Throwable e) {
            // Whatever a sink throws, an Error too, is this sink's trouble and not the host's.
            failure = e;
            taken = 0;
        }
        long bytes = taken == 0 ? 0 : batch.lineEnd(taken - 1) - batch.offset();
        // Before anybody is told: a listener may call back.
        batch.clear();
        recorder.written(taken, bytes);
        if (taken < lines) {
            losses.lost(LossReason.WRITE_FAILED, lines - taken, "the sink did not take them", failure);
        }
        return taken;
    }

    private LineBatch takeCurrent() {
        filling.lock();
        try {
            LineBatch full = current;
            current = spare;
            spare = full;
            generation++;
            return full;
        } finally {
            filling.unlock();
        }
    }

    private void flushSink() {
        try {
            sink.flush();
        } catch (IOException | RuntimeException | Error e) {
            losses.trouble("the sink could not be flushed", e);
        }
    }

    private void closeSink() {
        try {
            sink.close();
        } catch (IOException | RuntimeException | Error e) {
            losses.trouble("the sink could not be closed", e);
        }
    }
}
