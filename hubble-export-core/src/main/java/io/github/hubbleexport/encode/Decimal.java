package io.github.hubbleexport.encode;

import io.github.hubbleexport.wire.Words;

/** Whole numbers as decimal digits. */
final class Decimal {

    /** The most bytes that a number takes. */
    static final int MAX_BYTES = 20;

    private static final long EIGHT_DIGITS = 100_000_000;
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
        return value > 0 && value < EIGHT_DIGITS ? upToEightDigits((int) value, out, at) : anyDigits(value, out, at);
    }

    /** Without a branch, because how many digits there are is hard to guess. Writes eight bytes. */
    private static int upToEightDigits(int value, byte[] out, int at) {
        long digits = eightDigits(value);
        int zeros = Long.numberOfTrailingZeros(digits) & ~7;
        Words.put(out, at, (digits | Words.ONES * '0') >>> zeros);
        return at + Long.BYTES - (zeros >>> 3);
    }

    /**
     * The eight last digits as numbers, the first of them in the lowest byte. All at once: halves, quarters and eighths of
     * one word, divided by multiplying.
     */
    static long eightDigits(int value) {
        int high = (int) ((value * 109_951_163L) >>> 40);
        long fours = high | (long) (value - 10_000 * high) << 32;
        long hundreds = (fours * 10_486) >>> 20 & 0x0000007f0000007fL;
        long pairs = hundreds | (fours - 100 * hundreds) << 16;
        long tens = (pairs * 103) >>> 10 & 0x000f000f000f000fL;
        return tens | (pairs - 10 * tens) << 8;
    }

    private static int anyDigits(long value, byte[] out, int at) {
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
