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

    /** What stands behind a text. */
    static final int CLOSE_BYTES = 2;

    private static final long QUOTE_AND_COMMA = '"' | ',' << Byte.SIZE;

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
     * Writes text, and the quote and the comma behind it; returns the position after them, or {@link #BAD}. Reads and writes up to
     * eight bytes more than it uses.
     *
     * <p>Copies first and looks afterwards, so that nothing waits for what is found; words overlap in the middle of a text, so
     * that there is nothing to mask and few lengths to tell apart.
     *
     * <p>So long that no JVM inlines it: it is called in many places, which together would be more code than the processor's
     * cache for it holds.
     */
    static int write(byte[] in, int offset, int length, byte[] out, int at) {
        if (length < 8) {
            return writeShort(in, offset, length, out, at);
        }
        int limit = offset + length;
        int end = at + length;
        long marks = copy(in, offset, out, at) | copy(in, limit - 8, out, end - 8);
        if (length > 16) {
            marks |= copy(in, offset + 8, out, at + 8) | copy(in, limit - 16, out, end - 16);
            if (length > 32) {
                marks |= copy(in, offset + 16, out, at + 16) | copy(in, offset + 24, out, at + 24);
                marks |= copy(in, limit - 32, out, end - 32) | copy(in, limit - 24, out, end - 24);
                if (length > 64) {
                    marks |= copy(in, offset + 32, out, at + 32) | copy(in, offset + 40, out, at + 40);
                    marks |= copy(in, offset + 48, out, at + 48) | copy(in, offset + 56, out, at + 56);
                    marks |= copy(in, limit - 64, out, end - 64) | copy(in, limit - 56, out, end - 56);
                    marks |= copy(in, limit - 48, out, end - 48) | copy(in, limit - 40, out, end - 40);
                    if (length > 128) {
                        marks |= copyMiddle(in, offset + 64, limit - 64, out, at + 64);
                    }
                }
            }
        }
        return (marks & Words.HIGHS) == 0 ? close(out, end) : writeMixed(in, offset, limit, out, at);
    }

    /** Ends a text: a quote, and the comma that may turn out to be one too many. */
    static int close(byte[] out, int at) {
        Words.put(out, at, QUOTE_AND_COMMA);
        return at + CLOSE_BYTES;
    }

    /** Copies at least so many bytes, and marks those that are not to be copied as they are. */
    private static long copyMiddle(byte[] in, int offset, int limit, byte[] out, int at) {
        int to = at;
        long marks = 0;
        for (int from = offset; from < limit; from += 16) {
            marks |= copy(in, from, out, to) | copy(in, from + 8, out, to + 8);
            to += 16;
        }
        return marks;
    }

    private static int writeShort(byte[] in, int offset, int length, byte[] out, int at) {
        long marks = copy(in, offset, out, at) & Words.HIGHS;
        // Bytes behind the text do not count. What is shifted out is 64 bits at most, in two steps because 64 is none.
        return marks << 1 << (63 - Byte.SIZE * length) == 0
                ? close(out, at + length)
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
        return close(out, to);
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
