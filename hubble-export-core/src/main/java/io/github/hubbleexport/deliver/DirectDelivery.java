package io.github.hubbleexport.deliver;

import org.jspecify.annotations.Nullable;

/**
 * Delivery without a queue: records gather in a chunk, and the thread whose record fills it writes it out. Meanwhile other
 * threads fill a second chunk.
 */
public final class DirectDelivery extends RecordDelivery {

    private final int batchBytes;
    private Chunk current;
    private Chunk spare;

    /** Grows when the chunks change places: tells which chunk a record went into. */
    private long generation;

    /**
     * A delivery that is to be started.
     *
     * @param writer what writes to the sink
     * @param batchBytes a chunk with at least this many bytes is written out at once
     * @param flushIntervalNanos how long a record waits at most for its chunk to fill
     */
    public DirectDelivery(BatchWriter writer, int batchBytes, long flushIntervalNanos) {
        super(
                writer,
                flushIntervalNanos,
                "hubble-export flusher of " + writer.account().exporter());
        this.batchBytes = batchBytes;
        this.current = new Chunk(batchBytes);
        this.spare = new Chunk(batchBytes);
    }

    @Override
    public Delivered deliver(byte[] bytes, int offset, int length) {
        long myGeneration;
        int myLine;
        lock.lock();
        try {
            if (closing) {
                return Delivered.REFUSED;
            }
            if (current.isEmpty()) {
                work.signal();
            }
            current.lines.append(bytes, offset, length);
            entered++;
            if (current.lines.length() < batchBytes) {
                return Delivered.BUFFERED;
            }
            myGeneration = generation;
            myLine = current.lines.lines() - 1;
        } finally {
            lock.unlock();
        }
        return writeOut(myGeneration, myLine);
    }

    private Delivered writeOut(long myGeneration, int myLine) {
        Chunk full;
        lock.lock();
        try {
            while (!isTurnFree() && generation == myGeneration && !abandoned && !isOwnThread()) {
                progress.awaitUninterruptibly();
            }
            if (generation != myGeneration) {
                return Delivered.BUFFERED;
            }
            if (abandoned) {
                return Delivered.LOST;
            }
            if (!isTurnFree()) {
                return Delivered.BUFFERED; // a sink exports to its own exporter: to wait would be to wait for itself
            }
            full = swap();
            begin(full);
        } finally {
            lock.unlock();
        }
        Written written = write(full);
        tell(written.loss());
        return written.isTaken(myLine) ? Delivered.WRITTEN : Delivered.LOST;
    }

    private Chunk swap() {
        Chunk full = current;
        current = spare;
        spare = full;
        generation++;
        wakeAll();
        return full;
    }

    @Override
    Depth waiting() {
        return new Depth(current.count(), current.bytes());
    }

    @Override
    boolean isReady() {
        return false; // a full chunk has a thread that writes it
    }

    @Override
    @Nullable
    Chunk next() {
        return current.isEmpty() ? null : swap();
    }

    @Override
    long discard() {
        long events = current.count();
        current.clear();
        left += events;
        return events;
    }
}
