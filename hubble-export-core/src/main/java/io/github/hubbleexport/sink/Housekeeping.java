package io.github.hubbleexport.sink;

import java.nio.file.Path;

/** One sink's side of the background thread: asks for work on its backups, and says goodbye. */
final class Housekeeping {

    private final Path live;
    private final Housekeeper work;
    private final SinkCounters counters;
    private final Janitor janitor = Janitor.shared();
    private volatile boolean begun;

    Housekeeping(RotatingSinkSettings settings, SinkCounters counters) {
        live = settings.path();
        work = new Housekeeper(settings, counters);
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

    boolean await(long nanos) {
        return janitor.await(work, nanos);
    }

    /** Waits for what was asked, but not for ever, and takes back the rest. */
    void end(long nanos) {
        if (begun) {
            await(nanos);
            janitor.leave(work);
        }
    }
}
