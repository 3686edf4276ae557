package io.github.hubbleexport.sink;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Everything a rotating sink was told, checked. The path is absolute and without links. */
record RotatingSinkSettings(
        Path path,
        RotationPolicy rotation,
        BackupNaming naming,
        Retention retention,
        @Nullable Compression compression,
        Duration compressAfter,
        Oversize oversize,
        Set<PosixFilePermission> fileMode,
        boolean givesMode,
        Fsync fsync,
        boolean rotateAtStart,
        RotationListener listener,
        Clock clock,
        LongSupplier ticker,
        Duration closeWait,
        FileOps ops,
        Map<String, String> text) {

    Path folder() {
        return Objects.requireNonNull(path.getParent(), "a file is in a folder");
    }

    String liveName() {
        return Objects.requireNonNull(path.getFileName(), "a file has a name").toString();
    }
}
