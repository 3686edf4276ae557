package io.github.hubbleexport.agent.follow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder in the order of their names, which is that of the characters' numbers. Hidden files and what is no
 * file are passed over, and so is a file that comes later than one with a higher name.
 */
final class SegmentFolder implements Succession {

    private final Path folder;

    SegmentFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public @Nullable Path after(@Nullable Path finished) throws IOException {
        String last = finished == null ? "" : name(finished);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name(file).compareTo(last) > 0 && isSegment(file))
                    .min((one, other) -> name(one).compareTo(name(other)))
                    .orElse(null);
        } catch (NoSuchFileException e) {
            return null; // it may be made again
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isSegment(Path file) {
        return !name(file).startsWith(".") && Files.isRegularFile(file);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
