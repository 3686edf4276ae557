package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts what one sink does, and tells its listener. Written by the writing and the background thread. */
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
    private final RotationListener listener;

    SinkCounters(RotationListener listener) {
        this.listener = listener;
        for (SinkOperation operation : SinkOperation.values()) {
            failures.put(operation, new AtomicLong());
        }
    }

    void wrote(int newLines, long newBytes) {
        lines.getAndAdd(newLines);
        bytes.getAndAdd(newBytes);
    }

    void failed(SinkOperation operation, Path path, Throwable cause) {
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
            return false;
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
