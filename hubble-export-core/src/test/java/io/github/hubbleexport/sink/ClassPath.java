package io.github.hubbleexport.sink;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path for another process. */
final class ClassPath {

    private ClassPath() {}

    /** The folders that classes were loaded from, whether as part of a module or not. */
    static String of(Class<?>... types) {
        return Stream.of(types)
                .map(ClassPath::root)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path root(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        URL found = Objects.requireNonNull(type.getResource("/" + file), file);
        try {
            Path path = Path.of(found.toURI());
            return path.resolve("../".repeat(Path.of(file).getNameCount())).normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(found + " is no place of a class", e);
        }
    }
}
