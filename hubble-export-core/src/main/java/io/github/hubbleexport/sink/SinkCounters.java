package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Counts what one sink does, and tells its listener, and of failures the log. Written by the writing and the background
 * thread.
 */
final class SinkCounters {

    final AtomicLong lines = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong oversizeLines = new AtomicLong();
    final AtomicLong droppedLines = new AtomicLong();
    final AtomicLong rotations = new AtomicLong();
    final AtomicLong reopened = new AtomicLong();
    final AtomicLong repairs = new AtomicLong();
    final AtomicLong compressions = new AtomicLong();
    final AtomicLong deletions = new AtomicLong();
    final AtomicLong notDurableLines = new AtomicLong();

    private final Map<SinkOperation, AtomicLong> failures = new EnumMap<>(SinkOperation.class); // filled once
    private final Map<SinkOperation, TroubleLog> logs = new EnumMap<>(SinkOperation.class); // filled once
    private final RotationListener listener;
    private final Path live;

    SinkCounters(RotatingSinkSettings settings) {
        listener = settings.listener();
        live = settings.path();
        System.Logger log = System.getLogger(RotatingSink.class.getName());
        for (SinkOperation operation : SinkOperation.values()) {
            failures.put(operation, new AtomicLong());
            logs.put(operation, new TroubleLog(log, settings.ticker()));
        }
    }

    void wrote(int newLines, long newBytes) {
        lines.getAndAdd(newLines);
        bytes.getAndAdd(newBytes);
    }

    /** A failure of which nobody hears otherwise, or nobody for sure. */
    void failed(SinkOperation operation, Path path, Throwable cause) {
        thrown(operation, path, cause);
        log(operation, path, cause);
    }

    /** A failure of which the writer of lines hears by an exception, so that the log is told by whoever offered them. */
    void thrown(SinkOperation operation, Path path, Throwable cause) {
        count(operation);
        tell(host -> host.failed(operation, path, cause));
    }

    /** False if the listener threw: that must not stop a write, nor the background thread. */
    boolean tell(Consumer<RotationListener> news) {
        try {
            news.accept(listener);
            return true;
        } catch (RuntimeException | Error e) {
            count(SinkOperation.LISTENER);
            log(SinkOperation.LISTENER, live, e);
            return false;
        }
    }

    /** The host's log may fail as its listener may, for example where no handle is left. */
    private void log(SinkOperation operation, Path path, Throwable cause) {
        try {
            requireNonNull(logs.get(operation), "log").add(path + ": " + operation + " failed", cause);
        } catch (RuntimeException | Error e) {
            count(SinkOperation.LISTENER);
        }
    }

    RotatingSinkStats snapshot() {
        return new RotatingSinkStats(
                lines.get(),
                bytes.get(),
                oversizeLines.get(),
                droppedLines.get(),
                rotations.get(),
                reopened.get(),
                repairs.get(),
                compressions.get(),
                deletions.get(),
                notDurableLines.get(),
                failuresByKind());
    }

    private void count(SinkOperation operation) {
        requireNonNull(failures.get(operation), "counter").getAndIncrement();
    }

    private Map<SinkOperation, Long> failuresByKind() {
        Map<SinkOperation, Long> byKind = new EnumMap<>(SinkOperation.class);
        failures.forEach((operation, count) -> {
            if (count.get() > 0) {
                byKind.put(operation, count.get());
            }
        });
        return byKind;
    }
}
