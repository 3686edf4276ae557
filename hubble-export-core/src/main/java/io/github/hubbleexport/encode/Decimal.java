package io.github.hubbleexport.encode;

/** Whole numbers as decimal digits. */
final class Decimal {

    /** The most bytes that a number takes. */
    static final int MAX_BYTES = 20;

    private static final byte[] PAIRS = pairs();

    private Decimal() {}

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }

    /** Writes a number and returns the position after it. */
    static int signed(long value, byte[] out, int at) {
        if (value >= 0) {
            return positive(value, out, at);
        }
        out[at] = '-';
        // The smallest number has no positive counterpart, but as an unsigned one it is right.
        return unsigned(-value, out, at + 1);
    }

    /** Writes a number of 64 bits without a sign and returns the position after it. */
    static int unsigned(long value, byte[] out, int at) {
        if (value >= 0) {
            return positive(value, out, at);
        }
        long tens = Long.divideUnsigned(value, 10);
        int end = positive(tens, out, at);
        out[end] = (byte) ('0' + (int) (value - 10 * tens));
        return end + 1;
    }

    private static int positive(long value, byte[] out, int at) {
        int end = at + digits(value);
        int position = end;
        long rest = value;
        while (rest >= 100) {
            long hundreds = rest / 100;
            position = pair((int) (rest - 100 * hundreds), out, position - 2);
            rest = hundreds;
        }
        if (rest >= 10) {
            pair((int) rest, out, position - 2);
        } else {
            out[position - 1] = (byte) ('0' + rest);
        }
        return end;
    }

    /** Writes two digits and returns the position of the first. */
    static int pair(int value, byte[] out, int at) {
        out[at] = PAIRS[2 * value];
        out[at + 1] = PAIRS[2 * value + 1];
        return at;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long bound = 10; value >= bound && digits < MAX_BYTES - 1; bound *= 10) {
            digits++;
        }
        return digits;
    }
}
