package io.github.hubbleexport.deliver;

/**
 * How much may wait in a queue, and what happens to more.
 *
 * @param maxBytes most bytes of all records that wait
 * @param maxEvents most records that wait
 * @param overflow what happens when there is no room
 * @param blockNanos how long a thread waits for room at most; only to {@link Overflow#BLOCK}
 */
public record QueueBounds(long maxBytes, int maxEvents, Overflow overflow, long blockNanos) {

    /** What happens when there is no room. */
    public enum Overflow {
        /** The thread waits for room, and its record is lost if none comes in time. */
        BLOCK,
        /** The record is lost. */
        DROP_NEWEST,
        /** Records that wait are lost, the oldest first, until there is room. */
        DROP_OLDEST
    }
}
