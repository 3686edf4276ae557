package io.github.hubbleexport.sink;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** One sink's side of the background thread: asks for work on its backups, and says goodbye. */
final class Housekeeping {

    /** Between runs that a run asks for, so that whatever it finds the thread is never busy with that alone. */
    private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Path live;
    private final Housekeeper keeper;
    private final Runnable work = this::work;
    private final SinkCounters counters;
    private final Janitor janitor = Janitor.shared();
    private volatile boolean begun;
    private volatile boolean ended;

    Housekeeping(RotatingSinkSettings settings, SinkCounters counters) {
        live = settings.path();
        keeper = new Housekeeper(settings, counters);
        this.counters = counters;
    }

    /** An earlier process may have left work: temporary files, plain backups, backups too old. */
    void begin() {
        if (!begun) {
            request();
        }
    }

    void request() {
        if (!begun) {
            janitor.enter();
            begun = true;
        }
        try {
            janitor.request(work);
        } catch (OutOfMemoryError e) {
            counters.failed(SinkOperation.HOUSEKEEPING, live, e); // no thread left; the next rotation tries again
        }
    }

    /** Has something else of this sink done by the background thread; only after {@link #begin}. */
    void later(Runnable task, long nanos) {
        try {
            janitor.requestLater(task, Math.max(nanos, LEAST_PAUSE_NANOS));
        } catch (OutOfMemoryError e) {
            counters.failed(SinkOperation.HOUSEKEEPING, live, e);
        }
    }

    /** Takes back what {@link #later} asked for. */
    void forget(Runnable task) {
        janitor.forget(task);
    }

    boolean await(long nanos) {
        return janitor.await(work, nanos);
    }

    /** Waits for what was asked for now, but not for ever, and takes back the rest. */
    void end(long nanos) {
        if (begun) {
            await(nanos);
            ended = true;
            janitor.leave(work);
        }
    }

    private void work() {
        long next = ended ? Housekeeper.NOTHING : keeper.tidy();
        if (next != Housekeeper.NOTHING && !ended) {
            janitor.requestLater(work, Math.max(next, LEAST_PAUSE_NANOS));
        }
    }
}
