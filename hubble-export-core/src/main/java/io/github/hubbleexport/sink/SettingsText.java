package io.github.hubbleexport.sink;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of a sink for people, by name, the defaults too; a host's own policies in their own words. */
final class SettingsText {

    private static final long MEBIBYTE = 1024L * 1024;

    private final Map<String, String> text = new TreeMap<>();

    private SettingsText() {}

    static Map<String, String> of(
            RotatingSink.Builder told, @Nullable Compression compression, Set<PosixFilePermission> mode) {
        SettingsText settings = new SettingsText();
        settings.putFiles(told);
        settings.putBackups(told);
        settings.put("compression", compression == null ? "none" : compression.suffix());
        settings.put("compressAfter", told.compressAfter);
        settings.put("fileMode", PosixFilePermissions.toString(mode));
        return Collections.unmodifiableMap(settings.text);
    }

    private void putFiles(RotatingSink.Builder told) {
        if (told.rotation == null) {
            int mebibytes = told.maxFileSizeMb == null ? RotatingSink.DEFAULT_MAX_FILE_SIZE_MB : told.maxFileSizeMb;
            put("maxFileBytes", told.maxFileBytes == null ? mebibytes * MEBIBYTE : told.maxFileBytes);
        }
        put("rotation", told.rotation);
        put("rotateAtStart", told.rotateAtStart);
        put("oversize", told.oversize);
        put("fsync", told.fsync);
    }

    private void putBackups(RotatingSink.Builder told) {
        if (told.retention == null) {
            put("maxBackups", told.maxBackups == null ? RotatingSink.DEFAULT_MAX_BACKUPS : told.maxBackups);
        }
        put("retention", told.retention);
        put("maxAge", Duration.ZERO.equals(told.maxAge) ? null : told.maxAge);
        put("maxTotalBytes", told.maxTotalBytes);
        put("minFreeBytes", told.minFreeBytes);
        put("naming", told.naming);
        put("localTime", told.localTime);
    }

    /** What was not told and has no default is left out. */
    private void put(String name, @Nullable Object value) {
        if (value != null) {
            text.put(name, value.toString());
        }
    }
}
