package io.github.hubbleexport.deliver;

import io.github.hubbleexport.stats.ExporterAccount;
import io.github.hubbleexport.stats.LossReason;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * From the threads that export to one sink. Records gather in chunks; whoever has the turn offers one to the sink. A daemon
 * thread, the writer, writes what has waited for the flush interval, serves flushes, and closes the sink, so that a caller
 * with a deadline never hangs in a sink.
 *
 * <p>One lock guards everything; it is held for the length of a copy or of some counting, never while the sink works or a
 * listener runs. Waiting is not ended by interrupts, and leaves the flag set.
 *
 * <p>When the deadline of {@link #close} passes, everything that waits or is at the sink is counted as lost in that moment;
 * what the sink does with it later is counted no more.
 */
public abstract class RecordDelivery implements AutoCloseable {

    /** Attempts to take the lock, a microsecond or two in all; pointless where the holder cannot run meanwhile. */
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 100 : 0;

    final ReentrantLock lock = new ReentrantLock();

    /** For the writer: there is something to do. */
    final Condition work = lock.newCondition();

    /** For all others: the turn is free, a flush was served, or all has ended. */
    final Condition progress = lock.newCondition();

    final BatchWriter writer;
    final ExporterAccount account;

    private final long flushIntervalNanos;
    private final Thread thread;

    boolean closing;
    boolean abandoned;
    private boolean ended;

    /** Who has the turn with the sink. */
    private @Nullable Thread holder;

    /** How many events the holder took along, and nobody has counted. */
    private int atSink;

    private long flushesAsked;
    private long flushesServed;
    private long flushTarget;
    private long lastFlush;

    /** The sink took something since it was flushed. */
    private boolean dirty;

    /** Events that were let in. */
    long entered;

    /** Events of these that left towards the sink, or were dropped. */
    long left;

    /** The writer waits for a first record, without a limit: it has nothing else to do. */
    private boolean idle;

    /** A queue lost events since the last batch that was settled. */
    boolean overflowed;

    RecordDelivery(BatchWriter writer, long flushIntervalNanos, String threadName) {
        this.writer = writer;
        this.account = writer.account();
        this.flushIntervalNanos = flushIntervalNanos;
        this.thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
    }

    /**
     * Takes the lock for a copy. Another thread that holds it does so for a copy as well, which is over long before this one
     * could be put to sleep and woken up.
     */
    final void lockToCopy() {
        for (int spin = 0; spin < SPINS; spin++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    /**
     * With the lock: there is something that waits now. A writer that is about to flush looks soon enough by itself, and is
     * not woken: that would cost more than to encode the record.
     */
    final void wakeIdle() {
        if (idle) {
            work.signal();
        }
    }

    /** Starts the writer. */
    public final void start() {
        lastFlush = writer.nanoTime();
        thread.start();
    }

    /**
     * Hands over one record, of which a copy is taken.
     *
     * @return what became of it
     * @throws StrictFailure only where delivery is strict: if it is not down
     */
    public abstract Delivered deliver(byte[] bytes, int offset, int length);

    /** What waits. */
    public final Depth depth() {
        lock.lock();
        try {
            return waiting();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the sink was offered everything that was let in before, and was flushed. Failures are counted and told,
     * never thrown. Does not wait on the thread that is at work for the sink, since it would wait for itself.
     *
     * @param nanos how long at most
     * @return whether that came to pass in time
     */
    public final boolean flush(long nanos) {
        lock.lock();
        try {
            if (ended || isOwnThread()) {
                return ended;
            }
            long ticket = ++flushesAsked;
            flushTarget = entered;
            work.signal();
            return Waits.until(() -> flushesServed >= ticket || ended || abandoned, progress, nanos) && !abandoned;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more records, writes those that wait, and closes the sink. When the time is over, what remains is lost and
     * counted, and the writer closes the sink as soon as it can. Calling it again waits for the same end.
     *
     * @param nanos how long at most
     * @return whether the sink was closed in time, after everything was offered to it
     */
    public final boolean close(long nanos) {
        Loss loss;
        lock.lock();
        try {
            closing = true;
            work.signal();
            wakeAll();
            if (isOwnThread()) {
                return ended;
            }
            if (Waits.until(() -> ended || abandoned, progress, nanos)) {
                return !abandoned;
            }
            loss = abandon();
        } finally {
            lock.unlock();
        }
        tell(loss);
        return false;
    }

    /** As {@link #close(long)}, for as long as it takes. */
    @Override
    public final void close() {
        close(Waits.FOREVER);
    }

    private Loss abandon() {
        abandoned = true;
        long rest = discard() + atSink;
        atSink = 0;
        wakeAll();
        String message = "the time to close was over";
        account.health().failed(rest > 0 ? LossReason.CLOSE_TIMEOUT : null, message, null);
        account.health().closed();
        account.losses().count(LossReason.CLOSE_TIMEOUT, rest);
        return new Loss(LossReason.CLOSE_TIMEOUT, rest, message, null);
    }

    /** With the lock: what waits. */
    abstract Depth waiting();

    /** With the lock: whether a chunk should go to the sink at once. */
    abstract boolean isReady();

    /** With the lock: the next chunk, which leaves; null: nothing waits. */
    abstract @Nullable Chunk next();

    /** With the lock: a chunk was written, counted and emptied. */
    void answered(Chunk chunk, Written written) {}

    /** With the lock: forgets all that waits; returns how many events that were. */
    abstract long discard();

    /** With the lock: everybody who waits for something shall look again. */
    void wakeAll() {
        progress.signalAll();
    }

    /** With the lock: takes over what is missing behind everything that waits. */
    void takeLastGap(Gap into) {}

    final boolean isTurnFree() {
        return holder == null;
    }

    final boolean isOwnThread() {
        Thread current = Thread.currentThread();
        return current == thread || current == holder;
    }

    /** With the lock and a free turn: takes the turn and a chunk along. */
    final void begin(Chunk chunk) {
        holder = Thread.currentThread();
        atSink = chunk.count();
        left += atSink;
    }

    /** Writes a chunk with the turn, counts it, and gives the turn back. */
    final Written write(Chunk chunk) {
        Written written = Written.TOO_LATE;
        try {
            writer.write(chunk);
        } finally {
            lock.lock();
        }
        try {
            if (!abandoned) {
                written = settle();
            }
        } finally {
            // Before anybody is told: a listener may call back.
            chunk.clear();
            answered(chunk, written);
            release();
            lock.unlock();
        }
        return written;
    }

    private Written settle() {
        boolean settled = !overflowed || entered == left;
        overflowed = false;
        dirty = true;
        return writer.settle(settled);
    }

    private void release() {
        holder = null;
        atSink = 0;
        wakeAll();
    }

    /** Tells of a failure; without any lock. */
    final void tell(@Nullable Loss loss) {
        if (loss != null) {
            loss.tell(account.losses());
        }
        account.health().tell();
    }

    private void run() {
        boolean goOn = true;
        while (goOn) {
            try {
                goOn = serve();
            } catch (RuntimeException | Error e) {
                account.losses().trouble("a fault in delivery", e);
            }
        }
        finish();
    }

    /** One round of the writer; false: the delivery is closing. */
    private boolean serve() {
        Chunk chunk;
        lock.lock();
        try {
            awaitWork();
            if (closing) {
                return false;
            }
            chunk = nextWithTurn();
        } finally {
            lock.unlock();
        }
        if (chunk != null) {
            tell(write(chunk).loss());
        }
        flushIfDue();
        return true;
    }

    /**
     * With the lock: waits until a chunk is ready, a flush is asked for, the flush interval is over, or all ends. Nobody has a
     * reason to interrupt the writer; if somebody does, what waits is written a little early.
     */
    private void awaitWork() {
        try {
            long nanos = flushIntervalNanos;
            while (nanos > 0 && !closing && flushesServed == flushesAsked && !isReady()) {
                idle = entered == left && !dirty;
                if (idle) {
                    work.await();
                } else {
                    nanos = work.awaitNanos(nanos);
                }
            }
        } catch (InterruptedException e) {
            account.losses().trouble("somebody interrupts the writer", e);
        } finally {
            idle = false;
        }
    }

    private @Nullable Chunk nextWithTurn() {
        awaitTurn();
        Chunk chunk = abandoned ? null : next();
        if (chunk != null) {
            begin(chunk);
        }
        return chunk;
    }

    private void awaitTurn() {
        while (holder != null) {
            progress.awaitUninterruptibly();
        }
    }

    private void flushIfDue() {
        long ticket;
        lock.lock();
        try {
            boolean asked = flushesServed < flushesAsked && left >= flushTarget;
            boolean late = dirty && writer.nanoTime() - lastFlush >= flushIntervalNanos;
            if (!asked && !late) {
                return;
            }
            ticket = asked ? flushesAsked : flushesServed;
            beginAlone();
        } finally {
            lock.unlock();
        }
        flushSink(ticket);
    }

    private void beginAlone() {
        awaitTurn();
        holder = thread;
        dirty = false;
    }

    private void flushSink(long ticket) {
        Loss loss = writer.flush();
        lock.lock();
        try {
            lastFlush = writer.nanoTime();
            flushesServed = ticket;
            release();
        } finally {
            lock.unlock();
        }
        tell(loss);
    }

    /** The end of the writer: what waits, what is missing behind it, and the sink's own end. */
    private void finish() {
        Chunk chunk = lockedNext();
        while (chunk != null) {
            tell(write(chunk).loss());
            chunk = lockedNext();
        }
        Chunk gap = lastGap();
        if (gap != null) {
            tell(write(gap).loss());
        }
        lock.lock();
        try {
            beginAlone();
        } finally {
            lock.unlock();
        }
        tell(writer.flush());
        Loss loss = writer.close();
        account.health().closed();
        tell(loss);
        end();
    }

    private @Nullable Chunk lockedNext() {
        lock.lock();
        try {
            return nextWithTurn();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Chunk lastGap() {
        Chunk chunk = new Chunk(0);
        lock.lock();
        try {
            awaitTurn();
            takeLastGap(chunk.gapBefore);
            if (abandoned || (chunk.gapBefore.isEmpty() && !writer.hasGap())) {
                return null;
            }
            begin(chunk);
            return chunk;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            release();
        } finally {
            lock.unlock();
        }
    }
}
