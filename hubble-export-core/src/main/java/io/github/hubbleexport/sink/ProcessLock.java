package io.github.hubbleexport.sink;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other processes from writing to the same live file, by a locked file beside it. Held from the first opening to
 * the end of the sink. For the writing thread only.
 *
 * <p>Only a lock that somebody else has is a reason not to write. Where none can be had at all - a folder without
 * permission around a file that was mounted into it, a file system without locks - that is counted and lines are written.
 */
final class ProcessLock {

    private final Path live;
    private final Path path;
    private final FileOps ops;
    private final SinkCounters counters;
    private FileOps.@Nullable Lock held;

    ProcessLock(RotatingSinkSettings settings, SinkCounters counters) {
        live = settings.path();
        path = settings.folder().resolve("." + settings.liveName() + ".lock");
        ops = settings.ops();
        this.counters = counters;
    }

    /**
     * Takes the lock, or makes sure that it still is the one that others see: its folder may have been made anew.
     *
     * @throws IOException if another process has it
     */
    void hold() throws IOException {
        try {
            if (held != null && held.isInPlace()) {
                return;
            }
            release();
            held = ops.lock(path);
        } catch (IOException e) {
            counters.failed(SinkOperation.LOCK, path, e);
            return;
        }
        if (held == null) {
            throw new IOException(live + " is written by another process, which has locked " + path);
        }
    }

    void release() {
        FileOps.Lock closing = held;
        held = null;
        if (closing == null) {
            return;
        }
        try {
            closing.close();
        } catch (IOException e) {
            counters.failed(SinkOperation.LOCK, path, e);
        }
    }
}
