package io.github.hubbleexport.encode;

import io.github.hubbleexport.wire.Words;

/**
 * Times as RFC 3339 in UTC, with 0, 3, 6 or 9 digits after the second. Remembers the text of the last second, which
 * events share by the thousand, and the digits of the last fraction, since an event repeats the time of its flow. For one
 * thread.
 */
final class TimestampText {

    /** Instead of a position: not between the years 1 and 9999, or no fraction of a second. */
    static final int BAD = -1;

    /** The most bytes of a time. */
    static final int MAX_BYTES = 30;

    private static final long MIN_SECONDS = -62_135_596_800L;
    private static final long MAX_SECONDS = 253_402_300_799L;
    private static final int SECONDS_A_DAY = 86_400;
    private static final int MAX_NANOS = 999_999_999;

    /** {@code 2006-01-02T15:04:05}, with room for reads and writes of eight bytes. */
    private final byte[] second = new byte[24];

    private static final int SECOND_BYTES = 19;

    // Of eight digits behind the first one, as bytes from the lowest on: those of milliseconds, those of microseconds.
    private static final int MILLIS_BITS = 2 * Byte.SIZE;
    private static final int MICROS_BITS = 5 * Byte.SIZE;

    private long lastSeconds;
    private int lastNanos;
    private int firstDigit;

    /** The digits behind the first one, as {@link Decimal#eightDigits} has them. */
    private long otherDigits;

    TimestampText() {
        format(0);
    }

    /** Writes a time and returns the position after it, or {@link #BAD}. */
    int write(long seconds, long nanos, byte[] out, int at) {
        if (seconds < MIN_SECONDS || seconds > MAX_SECONDS || nanos < 0 || nanos > MAX_NANOS) {
            return BAD;
        }
        if (seconds != lastSeconds) {
            format(seconds);
        }
        Words.put(out, at, Words.get(second, 0));
        Words.put(out, at + 8, Words.get(second, 8));
        Words.put(out, at + 16, Words.get(second, 16));
        int end = writeFraction((int) nanos, out, at + SECOND_BYTES);
        out[end] = 'Z';
        return end + 1;
    }

    private int writeFraction(int nanos, byte[] out, int at) {
        if (nanos == 0) {
            return at;
        }
        if (nanos != lastNanos) {
            lastNanos = nanos;
            firstDigit = nanos / 100_000_000;
            otherDigits = Decimal.eightDigits(nanos - 100_000_000 * firstDigit);
        }
        long others = otherDigits;
        out[at] = '.';
        out[at + 1] = (byte) ('0' + firstDigit);
        Words.put(out, at + 2, others | Words.ONES * '0');
        if (others >>> MICROS_BITS != 0) {
            return at + 10;
        }
        return others >>> MILLIS_BITS == 0 ? at + 4 : at + 7;
    }

    private void format(long seconds) {
        long day = Math.floorDiv(seconds, SECONDS_A_DAY);
        int time = Math.floorMod(seconds, SECONDS_A_DAY);
        formatDate(day);
        second[10] = 'T';
        Decimal.pair(time / 3_600, second, 11);
        second[13] = ':';
        Decimal.pair(time / 60 % 60, second, 14);
        second[16] = ':';
        Decimal.pair(time % 60, second, 17);
        lastSeconds = seconds;
    }

    /** Years begin in March here, so that the leap day is their last: then months have a simple formula. */
    private void formatDate(long epochDay) {
        int day = (int) (epochDay + 719_468);
        int era = day / 146_097;
        int dayOfEra = day - era * 146_097;
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
        Decimal.pair(year / 100, second, 0);
        Decimal.pair(year % 100, second, 2);
        second[4] = '-';
        Decimal.pair(month, second, 5);
        second[7] = '-';
        Decimal.pair(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, second, 8);
    }
}
