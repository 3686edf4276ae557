package io.github.hubbleexport.deliver;

import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.PartialWriteException;
import org.jspecify.annotations.Nullable;

/** Which lines of a batch the sink took. Costs no object while it takes all. */
final class LinesDown {

    private int lines;
    private int first;
    private @Nullable PartialWriteException partial;

    void clear() {
        lines = 0;
        first = 0;
        partial = null;
    }

    /** The first so many lines are down. */
    void all(int count) {
        lines = count;
    }

    /** What an exception tells of a batch, unless it was all down before. */
    void atLeast(PartialWriteException told, int count) {
        if (lines < count) {
            lines = Math.min(told.next(), count);
            partial = told;
        }
    }

    /** Does not count so many lines at the beginning, and numbers the others from 0 on. */
    void leaveOut(int count) {
        first = count;
    }

    /** Whether a line is down. */
    boolean isDown(int line) {
        int at = first + line;
        return at < lines && (partial == null || partial.isWritten(at));
    }

    int count() {
        if (partial == null) {
            return Math.max(0, lines - first);
        }
        int count = 0;
        for (int line = 0; first + line < lines; line++) {
            count += isDown(line) ? 1 : 0;
        }
        return count;
    }

    long bytes(LineBatch batch) {
        if (partial == null) {
            return lines <= first ? 0 : batch.lineStart(lines) - batch.lineStart(first);
        }
        long bytes = 0;
        for (int line = 0; first + line < lines; line++) {
            bytes += isDown(line) ? batch.lineEnd(first + line) - batch.lineStart(first + line) : 0;
        }
        return bytes;
    }

    LinesDown copy() {
        LinesDown copy = new LinesDown();
        copy.lines = lines;
        copy.first = first;
        copy.partial = partial;
        return copy;
    }
}
