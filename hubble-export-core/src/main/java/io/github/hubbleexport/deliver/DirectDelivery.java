package io.github.hubbleexport.deliver;

/**
 * Delivery without a queue: records gather in a chunk, and the thread whose record fills it writes it out. Meanwhile other
 * threads fill a second chunk, which may become {@value #MOST_BATCHES} times as large before they have to wait.
 */
public final class DirectDelivery extends PairedDelivery {

    /** So a rotation, or a writing thread that is kept off its processor for a moment, stops nobody else. */
    static final int MOST_BATCHES = 4;

    private final int batchBytes;
    private final long mostBytes;

    /** Grows when the chunks change places: tells which chunk a record went into. */
    private long generation;

    /**
     * A delivery that is to be started.
     *
     * @param writer what writes to the sink
     * @param batchBytes a chunk with at least this many bytes is written out as soon as the sink is free
     * @param flushIntervalNanos how long a record waits at most for its chunk to fill
     */
    public DirectDelivery(BatchWriter writer, int batchBytes, long flushIntervalNanos) {
        super(writer, batchBytes, flushIntervalNanos);
        this.batchBytes = batchBytes;
        this.mostBytes = (long) MOST_BATCHES * batchBytes;
    }

    @Override
    public Delivered deliver(byte[] bytes, int offset, int length) {
        long myGeneration;
        int myLine;
        lockToCopy();
        try {
            if (closing) {
                return Delivered.REFUSED;
            }
            if (current.isEmpty()) {
                wakeIdle();
            }
            current.lines.append(bytes, offset, length);
            entered++;
            if (!isToBeWritten()) {
                return Delivered.BUFFERED;
            }
            myGeneration = generation;
            myLine = current.lines.lines() - 1;
        } finally {
            lock.unlock();
        }
        return writeOut(myGeneration, myLine);
    }

    private boolean isToBeWritten() {
        int gathered = current.lines.length();
        return gathered >= batchBytes && (isTurnFree() || gathered >= mostBytes);
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

    @Override
    Chunk swap() {
        generation++;
        wakeAll();
        return super.swap();
    }
}
