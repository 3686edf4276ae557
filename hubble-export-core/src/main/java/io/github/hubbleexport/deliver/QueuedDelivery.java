package io.github.hubbleexport.deliver;

import io.github.hubbleexport.stats.LossReason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Delivery through a queue with a bound: threads that export copy their record into it and go on, and the writer brings
 * them to the sink. What may wait is bounded; besides that there is the one chunk that is at the sink.
 *
 * <p>The queue is a row of chunks. Records are appended to the last one, which is open until it is full or somebody lacks
 * room; the writer takes the first one whole, so nothing is copied twice. Chunks are used again.
 */
public final class QueuedDelivery extends RecordDelivery {

    private final Condition room = lock.newCondition();
    private final QueueBounds bounds;
    private final long chunkBytes;
    private final int chunkEvents;
    private final long mostPooled;

    private final Deque<Chunk> sealed = new ArrayDeque<>();
    private final Deque<Chunk> pool = new ArrayDeque<>();
    private Chunk open;
    private long bytes;

    /** A record was dropped since the writer took a chunk: no newer one may slip in before it, or gaps would be many. */
    private boolean dropping;

    /**
     * A delivery that is to be started.
     *
     * @param writer what writes to the sink
     * @param batchBytes how much the sink is offered at once at most, single records apart
     * @param flushIntervalNanos how long a record waits at most for a chunk to fill
     * @param bounds how much may wait
     */
    public QueuedDelivery(BatchWriter writer, int batchBytes, long flushIntervalNanos, QueueBounds bounds) {
        super(
                writer,
                flushIntervalNanos,
                "hubble-export writer of " + writer.account().exporter());
        this.bounds = bounds;
        // At least two chunks fill the queue, so that the writer finds one when there is no room.
        this.chunkBytes = Math.max(1, Math.min(batchBytes, bounds.maxBytes() / 2));
        this.chunkEvents = Math.max(1, bounds.maxEvents() / 2);
        this.mostPooled = bounds.maxBytes() / Math.max(chunkBytes, Chunk.FIRST_BYTES) + 2;
        this.open = new Chunk((int) Math.min(chunkBytes, Chunk.FIRST_BYTES));
    }

    @Override
    public Delivered deliver(byte[] record, int offset, int length) {
        long dropped = 0;
        boolean isIn;
        lockToCopy();
        try {
            if (bounds.overflow() == QueueBounds.Overflow.DROP_OLDEST) {
                dropped = dropOldest(length);
            }
            if (!closing && !hasRoom(length)) {
                awaitRoom(length);
            }
            if (closing) {
                return Delivered.REFUSED;
            }
            isIn = hasRoom(length);
            if (isIn) {
                append(record, offset, length);
            } else {
                loseNewest(length);
                dropped++;
            }
        } finally {
            lock.unlock();
        }
        if (dropped > 0) {
            account.losses().tell(LossReason.QUEUE_FULL, dropped, message(length), null);
            account.health().tell();
        }
        return isIn ? Delivered.BUFFERED : Delivered.LOST;
    }

    private String message(int length) {
        return length > bounds.maxBytes() ? "larger than the whole queue" : "the queue was full";
    }

    private boolean hasRoom(int length) {
        return !dropping && entered - left < bounds.maxEvents() && bytes + length <= bounds.maxBytes();
    }

    private void append(byte[] record, int offset, int length) {
        if (!open.isEmpty() && open.lines.length() + (long) length > chunkBytes) {
            seal();
        }
        if (entered == left) {
            wakeIdle();
        }
        open.lines.append(record, offset, length);
        entered++;
        bytes += length;
        if (open.lines.length() >= chunkBytes || open.count() >= chunkEvents) {
            seal();
        }
    }

    private void awaitRoom(int length) {
        if (bounds.overflow() != QueueBounds.Overflow.BLOCK || length > bounds.maxBytes() || isOwnThread()) {
            return;
        }
        if (sealed.isEmpty()) {
            seal();
        }
        Waits.until(() -> closing || hasRoom(length), room, bounds.blockNanos());
    }

    private void loseNewest(int length) {
        lose(1);
        seal();
        open.gapBefore.add(1, writer.millis());
        dropping = bounds.overflow() == QueueBounds.Overflow.DROP_NEWEST && length <= bounds.maxBytes();
    }

    private void lose(long events) {
        overflowed = true;
        account.losses().count(LossReason.QUEUE_FULL, events);
        account.health().failed(LossReason.QUEUE_FULL, "the queue was full", null);
    }

    /** Makes room for a record, where that is possible; returns how many were dropped for it. */
    private long dropOldest(int length) {
        long dropped = 0;
        while (!closing && length <= bounds.maxBytes() && !hasRoom(length)) {
            Chunk oldest = sealed.isEmpty() ? open : sealed.getFirst();
            bytes -= oldest.dropOldest();
            left++;
            dropped++;
            oldest.gapBefore.add(1, writer.millis());
            if (oldest.isEmpty()) {
                dropEmpty(oldest);
            }
        }
        if (dropped > 0) {
            lose(dropped);
        }
        return dropped;
    }

    private void dropEmpty(Chunk oldest) {
        if (oldest == open) {
            oldest.clearLines();
            return;
        }
        sealed.removeFirst();
        Chunk first = sealed.isEmpty() ? open : sealed.getFirst();
        first.gapBefore.take(oldest.gapBefore);
        oldest.clear();
        recycle(oldest);
    }

    private void seal() {
        if (open.isEmpty()) {
            return;
        }
        // What follows needs about as much memory as this did: a chunk of a busy queue does not grow step by step.
        int capacity = (int) Math.min(chunkBytes, open.lines.bytes().length);
        sealed.addLast(open);
        Chunk fresh = pool.pollLast();
        open = fresh == null ? new Chunk(capacity) : fresh;
        work.signal();
    }

    @Override
    boolean isReady() {
        return !sealed.isEmpty();
    }

    @Override
    @Nullable
    Chunk next() {
        if (sealed.isEmpty()) {
            seal();
        }
        Chunk chunk = sealed.pollFirst();
        if (chunk != null) {
            bytes -= chunk.bytes();
            dropping = false;
            room.signalAll();
        }
        return chunk;
    }

    @Override
    void takeLastGap(Gap into) {
        into.take(open.gapBefore);
    }

    @Override
    void answered(Chunk chunk, Written written) {
        recycle(chunk);
    }

    /** Keeps a chunk for later, unless a large record made it large or there are enough. */
    private void recycle(Chunk chunk) {
        if (pool.size() < mostPooled && chunk.lines.bytes().length <= 2 * Math.max(chunkBytes, Chunk.FIRST_BYTES)) {
            pool.addLast(chunk);
        }
    }

    @Override
    void wakeAll() {
        super.wakeAll();
        room.signalAll();
    }

    @Override
    Depth waiting() {
        return new Depth(entered - left, bytes);
    }

    @Override
    long discard() {
        long events = entered - left;
        left = entered;
        bytes = 0;
        sealed.clear();
        open.clear();
        return events;
    }
}
