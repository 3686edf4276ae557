package io.github.hubbleexport.deliver;

import org.jspecify.annotations.Nullable;

/** Delivery with two chunks: records gather in one while the other is at the sink, by threads that write theirs themselves. */
abstract class PairedDelivery extends RecordDelivery {

    Chunk current;
    private Chunk spare;

    PairedDelivery(BatchWriter writer, int batchBytes, long flushIntervalNanos) {
        super(
                writer,
                flushIntervalNanos,
                "hubble-export flusher of " + writer.account().exporter());
        int capacity = Math.min(batchBytes, Chunk.FIRST_BYTES);
        this.current = new Chunk(capacity);
        this.spare = new Chunk(capacity);
    }

    /** With the lock: the chunk that was filled leaves, and the other one is filled. */
    Chunk swap() {
        Chunk full = current;
        current = spare;
        spare = full;
        return full;
    }

    @Override
    final Depth waiting() {
        return new Depth(current.count(), current.bytes());
    }

    @Override
    final boolean isReady() {
        return false; // what is to go at once has a thread that writes it
    }

    @Override
    final @Nullable Chunk next() {
        return current.isEmpty() ? null : swap();
    }

    @Override
    final long discard() {
        long events = current.count();
        current.clear();
        left += events;
        return events;
    }
}
