package io.github.hubbleexport.deliver;

import org.jspecify.annotations.Nullable;

/**
 * What the sink did with a chunk.
 *
 * @param taken how many of its lines, from the first on, the sink took
 * @param loss what went wrong, if anything did
 */
record Written(int taken, @Nullable Loss loss) {

    /** Everything went well; shared, so that success costs no object. */
    static final Written ALL = new Written(Integer.MAX_VALUE, null);

    /** The deadline of close had passed, and everything was counted then. */
    static final Written TOO_LATE = new Written(0, null);
}
