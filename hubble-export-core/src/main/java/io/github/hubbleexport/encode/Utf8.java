package io.github.hubbleexport.encode;

/** Characters of more than one byte, accepted as Go accepts them: no surrogates, nothing over-long. */
final class Utf8 {

    /** Instead of a length: no character stands here. */
    static final int BAD = -1;

    private Utf8() {}

    /** The number of bytes of the character at {@code at}, whose first byte is not ASCII, or {@link #BAD}. */
    static int length(byte[] bytes, int at, int limit) {
        int first = bytes[at] & 0xff;
        int size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (first < 0xc2 || first > 0xf4 || size > limit - at) {
            return BAD;
        }
        int second = bytes[at + 1] & 0xff;
        if (second < lowestSecond(first) || second > highestSecond(first)) {
            return BAD;
        }
        for (int i = 2; i < size; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return BAD;
            }
        }
        return size;
    }

    private static int lowestSecond(int first) {
        return first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    }

    private static int highestSecond(int first) {
        return first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    }

    /** Whether the character at {@code at} is U+2028 or U+2029. */
    static boolean isLineSeparator(byte[] bytes, int at) {
        return bytes[at] == (byte) 0xe2 && bytes[at + 1] == (byte) 0x80 && (bytes[at + 2] & 0xfe) == 0xa8;
    }
}
