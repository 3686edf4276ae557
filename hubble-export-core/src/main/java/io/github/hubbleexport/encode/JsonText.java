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
     */
    static int write(byte[] in, int offset, int length, byte[] out, int at) {
        int limit = offset + length;
        int from = offset;
        int to = at;
        while (from < limit) {
            long word = Words.get(in, from);
            Words.put(out, to, word);
            long special = special(word);
            // Bytes before the first special one stand already; those behind the text do not count.
            int plain = Math.min(Long.numberOfTrailingZeros(special) >>> 3, limit - from);
            from += plain;
            to += plain;
            if (plain < 8 && from < limit) {
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

    /** The highest bit of the first byte, at least, that cannot be copied as it is; 0 if all can. */
    private static long special(long word) {
        long controls = word - Words.ONES * ' ';
        return (word | controls | zeros(word ^ Words.ONES * '"') | zeros(word ^ Words.ONES * '\\') | html(word))
                & Words.HIGHS;
    }

    private static long html(long word) {
        // '<' and '>' differ in one bit.
        return zeros((word & ~(Words.ONES * ('<' ^ '>'))) ^ Words.ONES * ('<' & '>')) | zeros(word ^ Words.ONES * '&');
    }

    /** The highest bit of each byte that is 0; bytes after such a one may be marked too. */
    private static long zeros(long word) {
        return word - Words.ONES & ~word;
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
