package io.github.hubbleexport.sink;

/**
 * Decides when a file is put away. Called by the writing thread, never by two at once for one sink; must not block.
 */
@FunctionalInterface
public interface RotationPolicy {

    /**
     * How many bytes may still go to the file. A line that is longer makes the sink rotate first, unless the file is
     * empty: then the line is written alone. 0 or less rotates before the next line, {@link Long#MAX_VALUE} never.
     */
    long room(LiveFile file);

    /**
     * Puts a file away before it would grow over a limit, as Hubble does.
     *
     * @param maxBytes the most bytes of a file, at least 1
     * @throws IllegalArgumentException if the limit is below 1
     */
    static RotationPolicy size(long maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1: " + maxBytes);
        }
        return file -> maxBytes - file.size();
    }
}
