package io.github.hubbleexport.encode;

import io.github.hubbleexport.wire.Words;

/**
 * The inside of JSON strings, as Go's {@code protojson} followed by {@code encoding/json} with HTML escaping prints it:
 * besides what JSON asks for, {@code <}, {@code >}, {@code &}, U+2028 and U+2029 are escaped.
 */
final class JsonText {

    /** Instead of a position: the text is not UTF-8. */
    static final int BAD = -1;

    /** The most bytes that one byte of text becomes. */
    static final int MAX_GROWTH = 6;

    private static final int PAIR = 2 * Long.BYTES;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    /** By ASCII character: 0 stands for itself, {@code 'u'} as a number, anything else after a backslash. */
    private static final byte[] ESCAPES = escapes();

    private JsonText() {}

    private static byte[] escapes() {
        byte[] escapes = new byte[128];
        for (int c = 0; c < ' '; c++) {
            escapes[c] = 'u';
        }
        "<>&".chars().forEach(c -> escapes[c] = 'u');
        escapes['\b'] = 'b';
        escapes['\f'] = 'f';
        escapes['\n'] = 'n';
        escapes['\r'] = 'r';
        escapes['\t'] = 't';
        escapes['"'] = '"';
        escapes['\\'] = '\\';
        return escapes;
    }

    /**
     * Writes text and returns the position after it, or {@link #BAD}. Reads and writes up to eight bytes more than it
     * uses.
     *
     * <p>Copies first and looks afterwards, so that nothing waits for what is found; the last words of a text overlap, so
     * that there is nothing to mask and few lengths to tell apart.
     */
    static int write(byte[] in, int offset, int length, byte[] out, int at) {
        if (length < Long.BYTES) {
            return writeShort(in, offset, length, out, at);
        }
        int limit = offset + length;
        int end = at + length;
        long marks = copy(in, offset, out, at) | copy(in, limit - Long.BYTES, out, end - Long.BYTES);
        if (length > PAIR) {
            marks |= copy(in, offset + Long.BYTES, out, at + Long.BYTES) | copy(in, limit - PAIR, out, end - PAIR);
            if (length > 2 * PAIR) {
                marks |= copyMiddle(in, offset + PAIR, limit - PAIR, out, at + PAIR);
            }
        }
        return (marks & Words.HIGHS) == 0 ? end : writeMixed(in, offset, limit, out, at);
    }

    /** Copies at least so many bytes, and marks those that are not to be copied as they are. */
    private static long copyMiddle(byte[] in, int offset, int limit, byte[] out, int at) {
        int to = at;
        long marks = 0;
        for (int from = offset; from < limit; from += PAIR) {
            marks |= copy(in, from, out, to) | copy(in, from + Long.BYTES, out, to + Long.BYTES);
            to += PAIR;
        }
        return marks;
    }

    private static int writeShort(byte[] in, int offset, int length, byte[] out, int at) {
        long marks = copy(in, offset, out, at) & Words.HIGHS;
        // Bytes behind the text do not count. What is shifted out is 64 bits at most, in two steps because 64 is none.
        return marks << 1 << (63 - Byte.SIZE * length) == 0
                ? at + length
                : writeMixed(in, offset, offset + length, out, at);
    }

    /** Copies eight bytes, and marks those that are not to be copied as they are. */
    private static long copy(byte[] in, int from, byte[] out, int to) {
        long word = Words.get(in, from);
        Words.put(out, to, word);
        return special(word);
    }

    /** A text in which something is to be escaped or is not ASCII. */
    private static int writeMixed(byte[] in, int offset, int limit, byte[] out, int at) {
        int from = offset;
        int to = at;
        while (from < limit) {
            long word = Words.get(in, from);
            Words.put(out, to, word);
            // Bytes before the first special one stand already; those behind the text do not count.
            int plain = Math.min(Long.numberOfTrailingZeros(special(word) & Words.HIGHS) >>> 3, limit - from);
            from += plain;
            to += plain;
            if (plain < Long.BYTES && from < limit) {
                if (in[from] >= 0) {
                    to = writeEscape(in[from++], out, to);
                } else {
                    int size = Utf8.length(in, from, limit);
                    if (size < 0) {
                        return BAD;
                    }
                    to = writeWide(in, from, size, out, to);
                    from += size;
                }
            }
        }
        return to;
    }

    /**
     * Sets the highest bit of the first byte that cannot be copied as it is, or is one of {@code #$%'^|~}, which can; bytes after
     * it may be marked too. The other bits say nothing.
     */
    private static long special(long word) {
        // A byte that is less than what is taken from it borrows the highest bit; one that has it already is not ASCII.
        // With two bits the other way round, '"' to '\'' come before the space, next to the controls.
        long low = (word ^ Words.ONES * 6) - Words.ONES * (' ' ^ 6);
        // '<', '>' and '\\' differ in three bits, which '^', '|' and '~' and two controls share.
        long angles = ((word ^ Words.ONES * 0x1c) & Words.ONES * 0x1d) - Words.ONES;
        return word | low | angles;
    }

    private static int writeEscape(byte c, byte[] out, int at) {
        byte escape = ESCAPES[c];
        if (escape == 0) {
            out[at] = c;
            return at + 1;
        }
        out[at] = '\\';
        out[at + 1] = escape;
        return escape == 'u' ? writeHex(c, out, at + 2) : at + 2;
    }

    private static int writeHex(int c, byte[] out, int at) {
        out[at] = HEX[c >>> 12 & 15];
        out[at + 1] = HEX[c >>> 8 & 15];
        out[at + 2] = HEX[c >>> 4 & 15];
        out[at + 3] = HEX[c & 15];
        return at + 4;
    }

    private static int writeWide(byte[] in, int from, int size, byte[] out, int at) {
        if (Utf8.isLineSeparator(in, from)) {
            out[at] = '\\';
            out[at + 1] = 'u';
            return writeHex(0x2028 + (in[from + 2] & 1), out, at + 2);
        }
        for (int i = 0; i < size; i++) {
            out[at + i] = in[from + i];
        }
        return at + size;
    }
}
