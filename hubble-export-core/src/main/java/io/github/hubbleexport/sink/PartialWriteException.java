package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Arrays;

/**
 * Says that a sink took some lines of a batch and not others. Lines from {@link #next} on may be offered again. Of those
 * before, all are at the destination but the refused ones, which it will never take: they must not be offered again.
 */
public final class PartialWriteException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int next;
    private final int[] refused;

    /**
     * Of lines from the beginning of a batch that were taken, and a rest that was not.
     *
     * @param linesWritten whole lines that are at the destination, from the beginning of the batch, at least 0
     * @param cause what stopped the rest
     */
    public PartialWriteException(int linesWritten, Throwable cause) {
        this(linesWritten, new int[0], cause);
    }

    /**
     * Of lines that were taken but for some among them, and perhaps of a rest that was not.
     *
     * @param next the first line that may be offered again, or the number of lines if there is none; at least 0
     * @param refused the lines before it that the sink will never take, ascending, each once; copied
     * @param cause what stopped the rest, or the reason why lines were refused
     * @throws IllegalArgumentException if the numbers are not as told
     */
    public PartialWriteException(int next, int[] refused, Throwable cause) {
        super(requireNonNull(cause, "cause").getMessage(), cause);
        if (next < 0) {
            throw new IllegalArgumentException("a line is negative: " + next);
        }
        this.next = next;
        this.refused = refused.clone();
        requireAscending();
    }

    /** The first line that may be offered again, with {@link LineBatch#from}; the number of lines if there is none. */
    public int next() {
        return next;
    }

    /** How many lines of the batch are whole at the destination; where none was refused, these are the first ones. */
    public int linesWritten() {
        return next - refused.length;
    }

    /** How many lines before {@link #next} the sink will never take. */
    public int linesRefused() {
        return refused.length;
    }

    /** The lines before {@link #next} that the sink will never take, ascending; a copy. */
    public int[] refused() {
        return refused.clone();
    }

    /** Whether a line of the batch is at the destination. */
    public boolean isWritten(int line) {
        return line < next && Arrays.binarySearch(refused, line) < 0;
    }

    private void requireAscending() {
        int least = 0;
        for (int line : refused) {
            if (line < least || line >= next) {
                throw new IllegalArgumentException(
                        "refused lines are to ascend below " + next + ": " + Arrays.toString(refused));
            }
            least = line + 1;
        }
    }
}
