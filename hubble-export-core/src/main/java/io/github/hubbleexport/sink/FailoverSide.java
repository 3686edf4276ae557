package io.github.hubbleexport.sink;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One of the two sinks of a {@link FailoverSink}, and its account. Counters are read by any thread. */
final class FailoverSide {

    final Sink sink;
    final AtomicLong lines = new AtomicLong();
    final AtomicLong failures = new AtomicLong();

    FailoverSide(Sink sink) {
        this.sink = sink;
    }

    /** Flushes or closes; returns what the sink threw, or null. */
    @Nullable
    Throwable attempt(Step step) {
        try {
            step.on(sink);
            return null;
        } catch (IOException | RuntimeException | Error e) {
            failures.getAndIncrement();
            return e;
        }
    }

    static void throwIfAny(String verb, @Nullable Throwable first, @Nullable Throwable second) throws IOException {
        Throwable cause = first == null ? second : first;
        if (cause == null) {
            return;
        }
        IOException thrown = new IOException(verb + " failed: " + cause, cause);
        if (first != null && second != null) {
            thrown.addSuppressed(second);
        }
        throw thrown;
    }

    @FunctionalInterface
    interface Step {
        void on(Sink sink) throws IOException;
    }
}
