package io.github.hubbleexport.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times in RFC 3339 as Go's {@code time.Time} reads them: {@code 2026-12-31T00:00:00+01:00}. */
final class GoTime {

    private static final Pattern RFC_3339 = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})"
            + "(\\.[0-9]+)?(?:Z|([-+])([0-9]{2}):([0-9]{2}))");
    private static final int NANO_DIGITS = 9;
    private static final int MAX_OFFSET_HOURS = 23;

    private GoTime() {}

    /** The moment; empty if the text is none. */
    static Optional<Instant> parse(String text) {
        Matcher matcher = RFC_3339.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.parse(matcher.group(1) + fraction(matcher.group(2)));
            int offset = matcher.group(3) == null ? 0 : offset(matcher);
            return Optional.of(local.toInstant(ZoneOffset.UTC).minusSeconds(offset));
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    /** Go takes any number of digits and keeps the nanoseconds. */
    private static String fraction(@Nullable String digits) {
        return digits == null ? "" : digits.substring(0, Math.min(digits.length(), 1 + NANO_DIGITS));
    }

    private static int offset(Matcher matcher) {
        int hours = Integer.parseInt(matcher.group(4));
        int minutes = Integer.parseInt(matcher.group(5));
        if (hours > MAX_OFFSET_HOURS || minutes > 59) {
            throw new DateTimeException("no such offset");
        }
        int seconds = (hours * 60 + minutes) * 60;
        return matcher.group(3).equals("-") ? -seconds : seconds;
    }
}
