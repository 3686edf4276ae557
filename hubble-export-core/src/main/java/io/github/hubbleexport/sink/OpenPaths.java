package io.github.hubbleexport.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Which files this process writes to, so that two sinks never write to one. Safe for all threads. */
final class OpenPaths {

    /** From the real path to the path as it was given. */
    private static final ConcurrentMap<Path, Path> OPEN = new ConcurrentHashMap<>();

    private OpenPaths() {}

    /** Takes a path; null if it is free, else the path under which it was taken before. */
    static @Nullable Path take(Path real, Path given) {
        return OPEN.putIfAbsent(real, given);
    }

    /** The real paths that are taken now. */
    static Set<Path> taken() {
        return Set.copyOf(OPEN.keySet());
    }

    static void free(Path real) {
        OPEN.remove(real);
    }

    /**
     * The path without links and dots. What does not exist yet is taken as it stands, below the deepest folder that
     * does.
     *
     * @throws IOException if a link on the way leads nowhere or in a circle, or the way cannot be looked at
     */
    static Path real(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path existing = absolute;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
    }
}
