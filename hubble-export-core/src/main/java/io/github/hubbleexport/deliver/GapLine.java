package io.github.hubbleexport.deliver;

import io.github.hubbleexport.sink.LineBatch;

/** Writes the line that tells readers of lost events. For one thread at a time. */
@FunctionalInterface
public interface GapLine {

    /**
     * Appends the line.
     *
     * @param batch where to
     * @param events how many were lost, at least 1
     * @param firstMillis when the first was lost, in milliseconds since 1970
     * @param lastMillis when the last was lost
     * @return whether there is such a line in this format; if not, the batch is as it was
     */
    boolean append(LineBatch batch, long events, long firstMillis, long lastMillis);
}
