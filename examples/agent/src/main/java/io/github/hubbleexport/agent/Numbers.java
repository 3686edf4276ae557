package io.github.hubbleexport.agent;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Numbers for people, alike in every locale. */
final class Numbers {

    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private Numbers() {}

    /** {@code 1234567} as {@code 1,234,567}. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 rotation}, {@code 2 rotations}. */
    static String counted(long number, String noun) {
        return grouped(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** Seconds with two decimals. */
    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / NANOS_A_SECOND);
    }

    /** Things a second; a dash when no time has passed. */
    static String rate(long things, long nanos) {
        return nanos <= 0 ? "-" : grouped(Math.round(things * NANOS_A_SECOND / nanos));
    }

    /** A part of a whole in percent, without decimals. */
    static String percent(long part, long whole) {
        return whole == 0 ? "-" : Math.round(100.0 * part / whole) + " %";
    }
}
