package io.github.hubbleexport.agent;

import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.sink.Sink;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Parts of a configuration, made so that the problems of one do not hide those of the next. */
final class Checked {

    private Checked() {}

    /** The part, or null and its problems in the collector. */
    static <T> @Nullable T orNull(Supplier<T> part, Problems problems) {
        try {
            return part.get();
        } catch (ConfigException e) {
            problems.addAll(e);
            return null;
        }
    }

    /** Gives up a sink that will not be used, so that its file is free again. */
    static void discard(@Nullable Sink sink) {
        try {
            if (sink != null) {
                sink.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a sink that was never written to cannot be closed", e);
        }
    }
}
