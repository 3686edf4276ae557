package io.github.hubbleexport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the real exporter decides and prints. The data lies among the test resources, or in the folder that the system
 * property {@code conformance.dir} names: any of its parts may be missing there, and its tests are skipped then.
 */
public final class ConformanceData {

    private ConformanceData() {}

    /** A folder of the data; the test that asks is skipped when there is none. */
    public static Path folder(String part) {
        Path folder = root().resolve(part);
        assumeTrue(Files.isDirectory(folder), () -> "no conformance data " + folder);
        return folder;
    }

    /** The files of a part whose names end like this, sorted. */
    public static List<Path> files(String part, String suffix) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder(part), "*" + suffix)) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(null);
        return files;
    }

    /** The lines of a file, each without its end. */
    public static List<String> lines(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            assertThat(Files.size(file) == 0 || !lines.isEmpty()).isTrue();
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The events of a file of messages, each after its length as a varint. */
    public static List<ExportEvent> events(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return events(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The events of a part of the data that lies among the test resources, wherever those are. */
    public static List<ExportEvent> resource(String name) {
        try (InputStream in = ConformanceData.class.getResourceAsStream("/conformance/" + name)) {
            return events(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ExportEvent> events(InputStream in) throws IOException {
        List<ExportEvent> events = new ArrayList<>();
        ExportEvent event = ExportEvent.parseDelimitedFrom(in);
        while (event != null) {
            events.add(event);
            event = ExportEvent.parseDelimitedFrom(in);
        }
        return events;
    }

    private static Path root() {
        String folder = System.getProperty("conformance.dir", "");
        return folder.isEmpty() ? resources() : Path.of(folder);
    }

    private static Path resources() {
        try {
            return Path.of(Objects.requireNonNull(ConformanceData.class.getResource("/conformance"), "test resources")
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
