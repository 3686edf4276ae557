package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Decides when a file is put away. Called by the writing thread, never by two at once for one sink; must not block.
 */
@FunctionalInterface
public interface RotationPolicy {

    /**
     * How many bytes may still go to the file. A line that is longer makes the sink rotate first, unless the file is
     * empty: then the line is written alone. 0 or less rotates before the next line, {@link Long#MAX_VALUE} never.
     */
    long room(LiveFile file);

    /**
     * The most bytes of a line that some file has room for, its newline included; any number unless overridden. Longer
     * ones are oversize even before there is an empty file for them, see {@link Oversize#DROP}.
     */
    default long longestLine() {
        return Long.MAX_VALUE;
    }

    /**
     * Puts a file away before it would grow over a limit, as Hubble does.
     *
     * @param maxBytes the most bytes of a file, at least 1
     * @throws IllegalArgumentException if the limit is below 1
     */
    static RotationPolicy size(long maxBytes) {
        return new SizeRotation(maxBytes);
    }

    /**
     * Puts a file away with the first line after an interval. A clock that is set while the sink has the file open
     * neither shortens nor lengthens it.
     *
     * @param age how old a file may become, above zero; see {@link LiveFile#age}
     * @throws IllegalArgumentException if the age is zero or negative
     */
    static RotationPolicy interval(Duration age) {
        if (age.isZero() || age.isNegative()) {
            throw new IllegalArgumentException("age must be above zero: " + age);
        }
        return file -> file.size() > 0 && file.age().compareTo(age) >= 0 ? 0 : Long.MAX_VALUE;
    }

    /** Puts a file away with the first line of another hour, as the clock shows it in a zone. */
    static RotationPolicy hourly(ZoneId zone) {
        return new CalendarRotation(ChronoUnit.HOURS, zone);
    }

    /** Puts a file away with the first line of another day, as the calendar of a zone shows it. */
    static RotationPolicy daily(ZoneId zone) {
        return new CalendarRotation(ChronoUnit.DAYS, zone);
    }

    /** Puts a file away when either of the two would. */
    default RotationPolicy or(RotationPolicy other) {
        requireNonNull(other, "other");
        RotationPolicy one = this;
        return new RotationPolicy() {
            @Override
            public long room(LiveFile file) {
                return Math.min(one.room(file), other.room(file));
            }

            @Override
            public long longestLine() {
                return Math.min(one.longestLine(), other.longestLine());
            }
        };
    }
}
