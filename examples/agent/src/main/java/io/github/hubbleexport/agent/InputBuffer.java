package io.github.hubbleexport.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of a stream that were read and not yet used. Reads what is there and waits only when nothing is, so that
 * slow input is not held back.
 */
final class InputBuffer {

    private static final int FIRST_SIZE = 1 << 16;

    private final InputStream in;
    private byte[] bytes = new byte[FIRST_SIZE];
    private int start;
    private int end;

    InputBuffer(InputStream in) {
        this.in = in;
    }

    /** The array with the unused bytes; another one after {@link #fill}. */
    byte[] bytes() {
        return bytes;
    }

    /** Where the unused bytes begin in it. */
    int start() {
        return start;
    }

    /** How many there are. */
    int available() {
        return end - start;
    }

    /** The unused byte at an index. */
    byte peek(int index) {
        return bytes[start + index];
    }

    /** Declares the next bytes as used. */
    void skip(int count) {
        start += count;
    }

    /** Makes that many unused bytes available; false if the stream ends before. */
    boolean require(int count) throws IOException {
        while (available() < count) {
            if (!fill(count)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads once. May move the unused bytes.
     *
     * @param wanted how many unused bytes there must be room for
     * @return false at the end of the stream
     */
    boolean fill(int wanted) throws IOException {
        makeRoom(Math.max(wanted, available() + 1));
        int read = in.read(bytes, end, bytes.length - end);
        end += Math.max(read, 0);
        return read >= 0;
    }

    private void makeRoom(int wanted) {
        if (bytes.length - start >= wanted) {
            return;
        }
        byte[] target = bytes.length >= wanted ? bytes : new byte[Math.max(wanted, 2 * bytes.length)];
        System.arraycopy(bytes, start, target, 0, available());
        bytes = target;
        end = available();
        start = 0;
    }

    /** A copy of the next bytes. */
    byte[] copy(int count) {
        return Arrays.copyOfRange(bytes, start, start + count);
    }
}
