package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names with the time of rotation, as lumberjack gives them. The order of a name is its text read as a time without a
 * zone: when local time repeats an hour in autumn, the second one would otherwise sort between the backups of the first.
 */
final class TimestampNaming implements BackupNaming {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private final ZoneId zone;

    TimestampNaming(ZoneId zone) {
        this.zone = requireNonNull(zone, "zone");
    }

    @Override
    public String name(String liveName, Instant moment, long after) {
        long now = millis(LocalDateTime.ofInstant(moment, zone));
        LocalDateTime text = localTime(after < now ? now : after + 1);
        return prefix(liveName) + TIME.format(text) + extension(liveName);
    }

    @Override
    public @Nullable BackupName parse(String liveName, String name) {
        String prefix = prefix(liveName);
        String extension = extension(liveName);
        boolean ours = name.length() > prefix.length() + extension.length()
                && name.startsWith(prefix)
                && name.endsWith(extension);
        return ours ? parseTime(name.substring(prefix.length(), name.length() - extension.length())) : null;
    }

    private @Nullable BackupName parseTime(String text) {
        try {
            LocalDateTime time = LocalDateTime.parse(text, TIME);
            return new BackupName(time.atZone(zone).toInstant(), millis(time));
        } catch (DateTimeParseException e) {
            return null; // a file of somebody else
        }
    }

    private static long millis(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static LocalDateTime localTime(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    private static String prefix(String liveName) {
        return liveName.substring(0, liveName.length() - extension(liveName).length()) + "-";
    }

    /** From the last dot on, as Go's filepath.Ext: a name that begins with its only dot is all extension. */
    private static String extension(String liveName) {
        int dot = liveName.lastIndexOf('.');
        return dot < 0 ? "" : liveName.substring(dot);
    }
}
