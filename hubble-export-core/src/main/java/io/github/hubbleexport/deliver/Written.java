package io.github.hubbleexport.deliver;

import org.jspecify.annotations.Nullable;

/**
 * What the sink did with a chunk.
 *
 * @param taken how many of its lines the sink took
 * @param down which ones; null: all or none
 * @param loss what went wrong, if anything did
 */
record Written(
        int taken, @Nullable LinesDown down, @Nullable Loss loss) {

    /** Everything went well; shared, so that success costs no object. */
    static final Written ALL = new Written(Integer.MAX_VALUE, null, null);

    /** The deadline of close had passed, and everything was counted then. */
    static final Written TOO_LATE = new Written(0, null, null);

    /** Whether the sink took a line of the chunk. */
    boolean isTaken(int line) {
        return down == null ? line < taken : down.isDown(line);
    }
}
