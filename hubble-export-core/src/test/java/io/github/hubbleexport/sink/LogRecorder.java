package io.github.hubbleexport.sink;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what is logged. */
final class LogRecorder extends Handler {

    private static final Logger LOG = Logger.getLogger("io.github.hubbleexport");

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private boolean broken;

    /** Hears what the library logs from now on; to be detached. */
    static LogRecorder attached() {
        LogRecorder recorder = new LogRecorder();
        LOG.addHandler(recorder);
        return recorder;
    }

    /** Throws at whoever logs. */
    static LogRecorder broken() {
        LogRecorder recorder = attached();
        recorder.broken = true;
        return recorder;
    }

    void detach() {
        LOG.removeHandler(this);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    void clear() {
        lines.clear();
    }

    @Override
    public void publish(LogRecord logged) {
        if (broken) {
            throw new IllegalStateException("a log that is broken");
        }
        lines.add(logged.getMessage() + " " + logged.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
