package io.github.hubbleexport.deliver;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.PartialWriteException;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.ExporterAccount;
import io.github.hubbleexport.stats.LossReason;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Offers chunks to the sink, with a line before them that tells of what is missing, and keeps account of the answer. For
 * whoever has the turn in a delivery: one thread at a time.
 */
public final class BatchWriter {

    private final Sink sink;
    private final boolean flushEach;
    private final @Nullable GapLine gapLine;
    private final ExporterAccount account;
    private final LongSupplier nanoTime;
    private final LongSupplier millis;

    /** Missing before whatever is written next. */
    private final Gap pending = new Gap();

    private final LineBatch withGap = new LineBatch(0);
    private final LinesDown down = new LinesDown();
    private @Nullable Throwable failure;
    private int offered;
    private int taken;
    private int gapBytes;
    private long takenBytes;

    /**
     * @param sink where chunks go; owned from here on, and never called by two threads at once
     * @param flushEach whether each write is followed by a flush, which has to succeed too
     * @param gapLine how to tell of lost events; null: not at all
     * @param account what counts
     * @param nanoTime a clock that never goes back, such as {@link System#nanoTime}
     * @param millis the time, such as {@link System#currentTimeMillis}
     */
    public BatchWriter(
            Sink sink,
            boolean flushEach,
            @Nullable GapLine gapLine,
            ExporterAccount account,
            LongSupplier nanoTime,
            LongSupplier millis) {
        this.sink = requireNonNull(sink, "sink");
        this.flushEach = flushEach;
        this.gapLine = gapLine;
        this.account = account;
        this.nanoTime = nanoTime;
        this.millis = millis;
    }

    ExporterAccount account() {
        return account;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    long millis() {
        return millis.getAsLong();
    }

    /** Offers a chunk, which may hold nothing but a gap. Whatever the sink throws is kept for {@link #settle}. */
    void write(Chunk chunk) {
        pending.take(chunk.gapBefore);
        offered = chunk.count();
        failure = null;
        taken = 0;
        gapBytes = 0;
        takenBytes = 0;
        down.clear();
        try {
            LineBatch lines = chunk.remaining();
            offer(pending.isEmpty() ? lines : behindGap(lines));
        } catch (Throwable e) {
            // Whatever a sink throws, an Error too, is this sink's trouble and not the host's.
            failure = e;
        }
    }

    private LineBatch behindGap(LineBatch lines) {
        withGap.clear();
        if (gapLine == null
                || !gapLine.append(withGap, pending.events(), pending.firstMillis(), pending.lastMillis())) {
            pending.clear();
            return lines;
        }
        gapBytes = withGap.length();
        for (int line = 0; line < lines.lines(); line++) {
            int start = lines.lineStart(line);
            withGap.append(lines.bytes(), start, lines.lineEnd(line) - start);
        }
        return withGap;
    }

    private void offer(LineBatch batch) throws IOException {
        int lines = batch.lines();
        if (lines == 0) {
            return;
        }
        long start = nanoTime.getAsLong();
        try {
            sink.write(batch);
            down.all(lines);
            if (flushEach) {
                sink.flush();
            }
        } catch (PartialWriteException e) {
            down.atLeast(e, lines);
            throw e;
        } finally {
            account.latency().record(nanoTime.getAsLong() - start);
            accepted(batch);
        }
    }

    /** The lines that are down need not be the first ones: a sink may refuse some and take those behind them. */
    private void accepted(LineBatch batch) {
        boolean behindGap = gapBytes > 0;
        if (behindGap && down.isDown(0)) {
            account.events().gapLine(gapBytes);
            pending.clear();
        }
        down.leaveOut(behindGap ? 1 : 0);
        taken = down.count();
        takenBytes = down.bytes(batch);
    }

    /**
     * Counts what the sink did with the chunk that was written last.
     *
     * @param settled whether success ends being degraded
     */
    Written settle(boolean settled) {
        account.events().written(taken, takenBytes);
        if (failure == null) {
            if (offered > 0) {
                account.health().succeeded(settled);
            }
            return Written.ALL;
        }
        int lost = offered - taken;
        account.events().failedWrite();
        Loss loss = lost > 0
                ? new Loss(LossReason.WRITE_FAILED, lost, "the sink did not take them", failure)
                : new Loss(LossReason.WRITE_FAILED, 0, "a write failed by which no event was lost", failure);
        account.health().failed(lost > 0 ? loss.reason() : null, loss.message(), failure);
        if (lost > 0) {
            account.losses().count(loss.reason(), lost);
            pending.add(lost, millis.getAsLong());
        }
        return new Written(taken, down.copy(), loss);
    }

    /** Whether readers are still to hear of lost events. */
    boolean hasGap() {
        return gapLine != null && !pending.isEmpty();
    }

    /** Asks the sink to send on what it holds; returns what it threw. */
    @Nullable
    Loss flush() {
        return attempt(sink::flush, "the sink could not be flushed");
    }

    /** Closes the sink; returns what it threw. */
    @Nullable
    Loss close() {
        return attempt(sink::close, "the sink could not be closed");
    }

    private @Nullable Loss attempt(Step step, String message) {
        try {
            step.run();
            return null;
        } catch (IOException | RuntimeException | Error e) {
            account.events().failedFlush();
            account.health().failed(null, message, e);
            return new Loss(LossReason.WRITE_FAILED, 0, message, e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
