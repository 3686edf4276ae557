package io.github.hubbleexport.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows which lines are not on the disk yet, and puts them there. For the writing thread only.
 *
 * <p>After a sync that failed the operating system may have dropped the lines and would call a second sync a success. So
 * there is none: the lines count as not durable, and the file is to be left.
 */
final class DiskSync {

    private final Path path;
    private final Fsync when;
    private final LongSupplier ticker;
    private final FileOps ops;
    private final SinkCounters counters;

    private @Nullable Object key;
    private long lines;
    private long since;
    private boolean spoiled;
    private @Nullable IOException failure;

    DiskSync(RotatingSinkSettings settings, SinkCounters counters) {
        path = settings.path();
        when = settings.fsync();
        ticker = settings.ticker();
        ops = settings.ops();
        this.counters = counters;
    }

    /** The file at the path was opened: what waits in another one can no longer be reached. */
    void opened(@Nullable Object openedKey) {
        if (Objects.equals(openedKey, key)) {
            return;
        }
        if (lines > 0) {
            failed(new IOException("the file was moved or deleted before its lines were on the disk"));
        }
        key = openedKey;
        spoiled = false;
    }

    void wrote(int newLines) {
        if (!when.wholeFiles()) {
            return;
        }
        if (lines == 0) {
            since = ticker.getAsLong();
        }
        lines += newLines;
    }

    /** What {@link Fsync} asks for after a write. */
    void afterWrite() {
        if (lines > 0 && when.isDue(ticker.getAsLong() - since)) {
            sync();
        }
    }

    /** Nanoseconds until what waits is to be put on the disk; {@link Long#MAX_VALUE} if nothing is. */
    long nanosUntilDue() {
        return lines == 0 ? Long.MAX_VALUE : when.nanosUntilDue(ticker.getAsLong() - since);
    }

    /** Puts on the disk what waits. A failure is counted, and kept for {@link #takeFailure}. */
    void sync() {
        if (lines == 0) {
            return;
        }
        try {
            ops.sync(path);
            requireSameFile();
            lines = 0;
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Whether no further line should go to the file. */
    boolean isSpoiled() {
        return spoiled;
    }

    /** What failed since this was asked last. */
    @Nullable
    IOException takeFailure() {
        IOException taken = failure;
        failure = null;
        return taken;
    }

    private void requireSameFile() throws IOException {
        FileOps.Facts facts = ops.inspect(path);
        if (facts == null || !Objects.equals(facts.key(), key)) {
            throw new IOException(path + " was moved or deleted before its lines were on the disk");
        }
    }

    private void failed(IOException cause) {
        counters.failed(SinkOperation.FSYNC, path, cause);
        counters.notDurableLines.getAndAdd(lines);
        lines = 0;
        spoiled = true;
        failure = cause;
    }
}
