package io.github.hubbleexport.bench.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import com.google.re2j.Pattern;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jar of the library and those that it cannot do without, found by a class of each. */
final class Footprint {

    private static final List<Class<?>> WITNESSES = List.of(
            FlowExporter.class,
            ExportEvent.class,
            Message.class,
            Pattern.class,
            ObjectMapper.class,
            JsonFactory.class,
            JsonInclude.class);

    private Footprint() {}

    static List<Path> jars() {
        return WITNESSES.stream().map(Footprint::place).distinct().toList();
    }

    /** The jar, or the folder of classes in a build, that a class comes from. */
    static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static String classPath() {
        return jars().stream().map(Path::toString).collect(Collectors.joining(System.getProperty("path.separator")));
    }

    static long bytes(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
