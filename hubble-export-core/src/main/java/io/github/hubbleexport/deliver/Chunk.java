package io.github.hubbleexport.deliver;

import io.github.hubbleexport.sink.LineBatch;

/** Records that go to the sink together, and what is missing before them. Used again and again; guarded by its owner. */
final class Chunk {

    /** What a chunk begins with, before it is known how much goes through it. */
    static final int FIRST_BYTES = 4096;

    final LineBatch lines;

    /** Events lost behind the chunk before this one and before the first line of this one. */
    final Gap gapBefore = new Gap();

    /** Lines at the beginning that made room for newer ones and are not written. */
    private int dropped;

    Chunk(int capacity) {
        lines = new LineBatch(capacity);
    }

    int count() {
        return lines.lines() - dropped;
    }

    long bytes() {
        return lines.isEmpty() ? 0 : lines.offset() + (long) lines.length() - start();
    }

    boolean isEmpty() {
        return count() == 0;
    }

    /** Lets go of the oldest line; returns its bytes. */
    int dropOldest() {
        int start = start();
        dropped++;
        return lines.lineEnd(dropped - 1) - start;
    }

    /** The lines that are to be written. */
    LineBatch remaining() {
        return dropped == 0 ? lines : lines.from(dropped);
    }

    void clear() {
        clearLines();
        gapBefore.clear();
    }

    void clearLines() {
        lines.clear();
        dropped = 0;
    }

    private int start() {
        return lines.lineStart(dropped);
    }
}
