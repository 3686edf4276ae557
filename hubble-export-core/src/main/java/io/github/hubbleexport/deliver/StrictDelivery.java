package io.github.hubbleexport.deliver;

import io.github.hubbleexport.stats.LossReason;
import org.jspecify.annotations.Nullable;

/**
 * Delivery that returns when the sink has taken the record and was flushed, and throws otherwise. Threads that come while
 * the sink works go out together with the next write, each with its own answer.
 */
public final class StrictDelivery extends PairedDelivery {

    private Answer answer = new Answer();
    private Answer answerAtSink = answer;

    /** What became of the records of one chunk; made anew for each, since threads may look at it late. */
    private static final class Answer {
        private @Nullable Written written;
    }

    /**
     * A delivery that is to be started.
     *
     * @param writer what writes to the sink, and flushes it each time
     * @param batchBytes how many bytes threads may bring together before memory is taken for more
     * @param flushIntervalNanos how long to wait before the sink is flushed once more
     */
    public StrictDelivery(BatchWriter writer, int batchBytes, long flushIntervalNanos) {
        super(writer, batchBytes, flushIntervalNanos);
    }

    @Override
    public Delivered deliver(byte[] bytes, int offset, int length) {
        Answer mine;
        int myLine;
        Chunk chunk;
        lock.lock();
        try {
            if (closing) {
                return Delivered.REFUSED;
            }
            if (isOwnThread()) {
                throw new IllegalStateException("where delivery is strict, a sink cannot export to its own exporter");
            }
            mine = answer;
            myLine = current.lines.lines();
            current.lines.append(bytes, offset, length);
            entered++;
            chunk = awaitAnswerOrTurn(mine);
        } finally {
            lock.unlock();
        }
        if (chunk != null) {
            tell(write(chunk).loss());
        }
        requireDown(mine, myLine);
        return Delivered.WRITTEN;
    }

    /** With the lock: a chunk if this thread is to write it; null if its answer is there, or never comes. */
    private @Nullable Chunk awaitAnswerOrTurn(Answer mine) {
        while (mine.written == null && !abandoned && !isTurnFree()) {
            progress.awaitUninterruptibly();
        }
        if (mine.written != null || abandoned) {
            return null;
        }
        Chunk full = swap();
        begin(full);
        return full;
    }

    private void requireDown(Answer mine, int myLine) {
        Written written = read(mine);
        if (written == null || written.equals(Written.TOO_LATE)) {
            throw new StrictFailure(LossReason.CLOSE_TIMEOUT, false, "the time to close was over", null);
        }
        Loss loss = written.loss();
        if (loss != null) {
            throw new StrictFailure(loss.reason(), written.isTaken(myLine), loss.message(), loss.cause());
        }
    }

    private @Nullable Written read(Answer mine) {
        lock.lock();
        try {
            return mine.written;
        } finally {
            lock.unlock();
        }
    }

    @Override
    Chunk swap() {
        answerAtSink = answer;
        answer = new Answer();
        return super.swap();
    }

    @Override
    void answered(Chunk chunk, Written written) {
        answerAtSink.written = written;
    }
}
