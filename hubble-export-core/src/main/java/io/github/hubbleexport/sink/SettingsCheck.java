package io.github.hubbleexport.sink;

import io.github.hubbleexport.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what a builder was told into settings, or into the list of everything that is wrong with it. */
final class SettingsCheck {

    private static final long MEBIBYTE = 1024L * 1024;
    private static final Duration LONGEST_GRACE = Duration.ofDays(365);
    private static final String PATH = "filePath";

    private final RotatingSink.Builder told;
    private final Problems problems = new Problems();

    SettingsCheck(RotatingSink.Builder told) {
        this.told = told;
    }

    RotatingSinkSettings settings() {
        Path real = path();
        RotationPolicy rotation = rotation();
        BackupNaming naming = naming();
        Retention retention = retention();
        Compression compression = compression();
        Duration compressAfter = compressAfter(compression);
        Set<PosixFilePermission> mode = fileMode();
        reserve(real);
        problems.throwIfAny();
        return new RotatingSinkSettings(
                Objects.requireNonNull(real),
                rotation,
                naming,
                retention,
                compression,
                compressAfter,
                told.oversize,
                mode,
                told.fileMode != null || told.fileModeText != null,
                told.fsync,
                told.rotateAtStart,
                told.listener,
                told.clock,
                told.ticker,
                told.closeWait,
                told.ops,
                SettingsText.of(told, compression, mode));
    }

    private @Nullable Path path() {
        try {
            Path real = OpenPaths.real(told.path);
            checkKind(real);
            return real;
        } catch (IOException e) {
            refuse(PATH, told.path, "is a link that leads nowhere, or cannot be looked at: " + e);
            return null;
        }
    }

    private void checkKind(Path real) {
        if (Files.isDirectory(real)) {
            refuse(PATH, told.path, "is a folder; name a file in it");
        } else if (Files.exists(real) && !Files.isRegularFile(real)) {
            refuse(PATH, told.path, "is not a regular file");
        } else if (!Files.exists(real) && !Files.isDirectory(deepestExisting(real))) {
            refuse(PATH, told.path, "is below " + deepestExisting(real) + ", which is not a folder");
        }
    }

    private static Path deepestExisting(Path path) {
        Path at = path;
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    /** Only when all else is well: a sink that is not built must not keep the path. */
    private void reserve(@Nullable Path real) {
        if (real == null || !problems.isEmpty()) {
            return;
        }
        Path holder = OpenPaths.take(real, told.path);
        if (holder != null) {
            refuse(PATH, told.path, "is the file that another sink of this process writes to as " + holder);
        }
    }

    private RotationPolicy rotation() {
        Integer mebibytes = told.maxFileSizeMb;
        Long bytes = told.maxFileBytes;
        atLeastOne("maxFileSizeMb", mebibytes);
        atLeastOne("maxFileBytes", bytes);
        notBoth("maxFileBytes", bytes, "maxFileSizeMb", mebibytes);
        notBoth("maxFileSizeMb", mebibytes, "a rotation policy", told.rotation);
        notBoth("maxFileBytes", bytes, "a rotation policy", told.rotation);
        int limit = mebibytes == null ? RotatingSink.DEFAULT_MAX_FILE_SIZE_MB : mebibytes;
        long maxBytes = bytes == null ? limit * MEBIBYTE : bytes;
        return told.rotation != null ? told.rotation : RotationPolicy.size(Math.max(1, maxBytes));
    }

    private BackupNaming naming() {
        notBoth("localTime", told.localTime, "a naming", told.naming);
        ZoneId zone = Boolean.TRUE.equals(told.localTime) ? ZoneId.systemDefault() : ZoneOffset.UTC;
        return told.naming != null ? told.naming : BackupNaming.timestamp(zone);
    }

    private Retention retention() {
        notBoth("maxBackups", told.maxBackups, "a retention", told.retention);
        notBoth("maxAge", told.maxAge, "a retention", told.retention);
        Retention byNumber = maxBackups();
        Retention byAge = maxAge();
        Retention usual = byNumber.and(byAge).and(bySpace());
        return told.retention != null ? told.retention : usual;
    }

    private Retention maxBackups() {
        int most = told.maxBackups == null ? RotatingSink.DEFAULT_MAX_BACKUPS : told.maxBackups;
        if (most < 0) {
            refuse("maxBackups", most, "must be at least 0, which keeps all");
        }
        return most > 0 ? Retention.newest(most) : Retention.all();
    }

    private Retention bySpace() {
        Long total = told.maxTotalBytes;
        Long free = told.minFreeBytes;
        atLeastOne("maxTotalBytes", total);
        atLeastOne("minFreeBytes", free);
        notBoth("maxTotalBytes", total, "a retention", told.retention);
        notBoth("minFreeBytes", free, "a retention", told.retention);
        Retention byTotal = total == null ? Retention.all() : Retention.totalBytes(Math.max(1, total));
        return free == null ? byTotal : byTotal.and(Retention.freeBytes(Math.max(1, free)));
    }

    private Retention maxAge() {
        Duration most = told.maxAge == null ? Duration.ZERO : told.maxAge;
        if (most.isNegative()) {
            refuse("maxAge", most, "must not be negative; zero keeps backups of any age");
        }
        return most.isNegative() || most.isZero() ? Retention.all() : Retention.youngerThan(most);
    }

    private @Nullable Compression compression() {
        Compression given = told.compression;
        notBoth("compress", told.compress, "a compression", given);
        if (given != null && (given.suffix().isEmpty() || given.suffix().contains("/"))) {
            refuse("compression", given.suffix(), "has a suffix that is empty or has a slash");
        }
        if (given instanceof ZstdCompression && !ZstdCompression.works()) {
            refuse(
                    "compression",
                    "zstd",
                    "needs a library that is not there, or not for this machine; add " + ZstdCompression.ARTIFACT);
        }
        return Boolean.TRUE.equals(told.compress) ? Compression.gzip() : given;
    }

    private Duration compressAfter(@Nullable Compression compression) {
        Duration grace = told.compressAfter;
        if (grace == null) {
            return Duration.ZERO;
        }
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            refuse("compressAfter", grace, "must be between zero and " + LONGEST_GRACE);
        }
        if (compression == null) {
            refuse("compressAfter", grace, "means nothing without a compression");
        }
        return grace;
    }

    private Set<PosixFilePermission> fileMode() {
        Set<PosixFilePermission> given = told.fileMode;
        if (given != null) {
            return given;
        }
        String text = told.fileModeText == null ? RotatingSink.DEFAULT_FILE_MODE : told.fileModeText;
        Set<PosixFilePermission> mode = FileModes.parse(text);
        if (mode == null) {
            refuse("fileMode", text, "must be three octal digits, with or without a zero before them, such as 0644");
            return Set.of();
        }
        return mode;
    }

    private void atLeastOne(String name, @Nullable Number value) {
        if (value != null && value.longValue() < 1) {
            refuse(name, value, "must be at least 1");
        }
    }

    private void notBoth(String name, @Nullable Object value, String otherName, @Nullable Object other) {
        if (value != null && other != null) {
            refuse(name, value, "cannot be set together with " + otherName);
        }
    }

    private void refuse(String name, Object value, String reason) {
        problems.add(name, value.toString(), reason);
    }
}
