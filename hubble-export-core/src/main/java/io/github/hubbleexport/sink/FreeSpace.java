package io.github.hubbleexport.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/** Gives up the oldest backups for space on their disk. */
final class FreeSpace implements Retention {

    private final long minBytes;
    private final ToLongFunction<Path> usable;

    FreeSpace(long minBytes, ToLongFunction<Path> usable) {
        if (minBytes < 1) {
            throw new IllegalArgumentException("minBytes must be at least 1: " + minBytes);
        }
        this.minBytes = minBytes;
        this.usable = usable;
    }

    /** Bytes that this process may still use where a file is. */
    static long usable(Path file) {
        try {
            return Files.getFileStore(file).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Backup> expired(List<Backup> newestFirst, Instant now) {
        if (newestFirst.isEmpty()) {
            return List.of();
        }
        long missing = minBytes - usable.applyAsLong(newestFirst.get(0).files().get(0));
        int kept = newestFirst.size();
        while (missing > 0 && kept > 0) {
            missing -= newestFirst.get(--kept).bytes();
        }
        return newestFirst.subList(kept, newestFirst.size());
    }
}
