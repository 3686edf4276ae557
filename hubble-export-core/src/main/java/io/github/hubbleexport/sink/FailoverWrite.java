package io.github.hubbleexport.sink;

import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A batch on its way to one sink and, if need be, to the other. */
final class FailoverWrite {

    private final LineBatch batch;
    private final BitSet refused = new BitSet();
    private int next;
    private @Nullable Throwable failure;
    /** Whether the sink that settled the last line threw all the same, as where lines are not durable. */
    private boolean isLastWord;

    FailoverWrite(LineBatch batch) {
        this.batch = batch;
    }

    /** Whether no line is left. */
    boolean isDone() {
        return next == batch.lines();
    }

    /** Offers what is left; returns what kept the sink from settling all of it, or null. */
    @Nullable
    Throwable offerTo(FailoverSide side) {
        int from = next;
        Throwable thrown = write(side);
        if (thrown instanceof PartialWriteException e) {
            settle(side, from, e);
        } else if (thrown == null) {
            side.lines.getAndAdd(batch.lines() - from);
            next = batch.lines();
        }
        keep(thrown);
        return isDone() ? null : thrown;
    }

    /** Tells what neither sink took, what one refused, and what one was not content with. */
    void throwIfAny() throws PartialWriteException {
        if (failure != null && (!isDone() || !refused.isEmpty() || isLastWord)) {
            throw new PartialWriteException(next, refused.stream().toArray(), failure);
        }
    }

    private @Nullable Throwable write(FailoverSide side) {
        try {
            side.sink.write(batch.from(next));
            return null;
        } catch (IOException | RuntimeException | Error e) {
            side.failures.getAndIncrement();
            return e;
        }
    }

    private void settle(FailoverSide side, int from, PartialWriteException e) {
        side.lines.getAndAdd(e.linesWritten());
        for (int line : e.refused()) {
            refused.set(from + line);
        }
        next = Math.min(batch.lines(), from + e.next());
    }

    private void keep(@Nullable Throwable thrown) {
        isLastWord = thrown != null;
        if (thrown == null) {
            return;
        }
        if (failure != null && failure != thrown) {
            thrown.addSuppressed(failure);
        }
        failure = thrown;
    }
}
