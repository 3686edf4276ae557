package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** Says that a sink took the first lines of a batch and not the rest, which may be offered again. */
public final class PartialWriteException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int linesWritten;

    /**
     * @param linesWritten whole lines that are at the destination, from the beginning of the batch, at least 0
     * @param cause what stopped the rest
     */
    public PartialWriteException(int linesWritten, Throwable cause) {
        super(requireNonNull(cause, "cause").getMessage(), cause);
        if (linesWritten < 0) {
            throw new IllegalArgumentException("linesWritten is negative: " + linesWritten);
        }
        this.linesWritten = linesWritten;
    }

    /** Whole lines of the batch that are at the destination; {@link LineBatch#from} gives the others. */
    public int linesWritten() {
        return linesWritten;
    }
}
