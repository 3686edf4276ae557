package io.github.hubbleexport.sink;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the thread of an {@link IsolatedSink}, and the account of it. Two batches change places: one is filled
 * while the thread has the other. The lock is held for the length of a copy, never while the inner sink works.
 */
final class IsolatedQueue {

    /** What the thread is to do next. */
    enum Step {
        WRITE,
        FLUSH,
        END
    }

    private static final int FIRST_BYTES = 1024;

    private final long maxBytes;
    private final BranchCounters counters = new BranchCounters();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private LineBatch filling = new LineBatch(FIRST_BYTES);
    private LineBatch inHand = new LineBatch(FIRST_BYTES);
    private boolean flushAsked;
    private boolean closed;
    private boolean abandoned;
    private long untoldLost;
    private @Nullable Throwable untold;

    IsolatedQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(LineBatch batch) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the sink is closed");
            }
            counters.offered(batch.lines());
            int fits = copy(batch);
            if (fits < batch.lines()) {
                lost(batch.lines() - fits, new IOException("the queue is full"));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void askForFlush() {
        lock.lock();
        try {
            flushAsked = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** False if it was closed before. */
    boolean close() {
        lock.lock();
        try {
            boolean first = !closed;
            closed = true;
            changed.signalAll();
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what has not been written: its thread does not come back. */
    void abandon(Throwable why) {
        lock.lock();
        try {
            lost(filling.lines() + (long) inHand.lines(), why);
            filling.clear();
            abandoned = true;
        } finally {
            lock.unlock();
        }
    }

    /** For the thread: waits for something to do. */
    Step next() {
        lock.lock();
        try {
            while (filling.isEmpty() && !flushAsked && !closed) {
                changed.awaitUninterruptibly();
            }
            return abandoned ? Step.END : step();
        } finally {
            lock.unlock();
        }
    }

    /** For the thread: the lines to write; to be answered with {@link #wrote}. */
    LineBatch inHand() {
        return inHand;
    }

    /** For the thread: what became of the lines in hand. */
    void wrote(@Nullable Offer offer) {
        lock.lock();
        try {
            if (!abandoned) {
                account(inHand.lines(), offer);
            }
            inHand.clear();
        } finally {
            lock.unlock();
        }
    }

    /** For the thread: the inner sink could not be flushed or closed. */
    void failed(Throwable cause) {
        lock.lock();
        try {
            counters.failed(cause);
            untold = cause;
        } finally {
            lock.unlock();
        }
    }

    /** What went wrong since this was asked last. */
    Optional<IOException> takeTrouble() {
        lock.lock();
        try {
            Throwable cause = untold;
            long lines = untoldLost;
            untold = null;
            untoldLost = 0;
            return Optional.ofNullable(cause)
                    .map(known -> new IOException("an isolated sink lost " + lines + " lines: " + known, known));
        } finally {
            lock.unlock();
        }
    }

    BranchStats stats() {
        return counters.snapshot();
    }

    private Step step() {
        if (!filling.isEmpty()) {
            LineBatch full = filling;
            filling = inHand;
            inHand = full;
            return Step.WRITE;
        }
        Step step = flushAsked ? Step.FLUSH : Step.END;
        flushAsked = false;
        return step;
    }

    /** Takes the first lines that fit; returns how many. */
    private int copy(LineBatch batch) {
        long room = maxBytes - filling.length() - inHand.length();
        int line = 0;
        while (line < batch.lines() && batch.lineEnd(line) - batch.offset() <= room) {
            int start = batch.lineStart(line);
            filling.append(batch.bytes(), start, batch.lineEnd(line) - start);
            line++;
        }
        return line;
    }

    private void account(int lines, @Nullable Offer offer) {
        int missing = counters.settled(lines, offer);
        if (offer != null) {
            owe(missing, offer.failure());
        }
    }

    private void lost(long lines, Throwable cause) {
        counters.lost(lines);
        owe(lines, cause);
    }

    /** To be told with the next {@link #takeTrouble}. */
    private void owe(long lines, Throwable cause) {
        untoldLost += lines;
        untold = cause;
    }
}
