package io.github.hubbleexport.sink;

/** What a {@link RotatingSink} does with a line that is longer than a whole file may be; both are counted. */
public enum Oversize {
    /** Writes it into a file of its own, which is then larger than the limit. */
    WRITE_ALONE,

    /**
     * Leaves it out and goes on with the next line; {@link PartialWriteException#linesRefused} tells how many. Which lines
     * these are is for {@link RotationPolicy#longestLine} to say.
     */
    DROP
}
