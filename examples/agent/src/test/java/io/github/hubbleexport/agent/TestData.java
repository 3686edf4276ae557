package io.github.hubbleexport.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** What the real exporter prints for given events and configurations; it lies in core's jar of tests. */
final class TestData {

    private static final String FOLDER = "conformance/encode/";
    private static final String CONFIG = ".config.json";

    private TestData() {}

    /** Copies the events of a simulated cluster, each after its length, into a folder. */
    static Path cluster(Path folder) {
        return copy("cluster.bin", folder);
    }

    static Path copy(String name, Path folder) {
        try {
            return Files.write(folder.resolve(name), bytes(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String name) {
        try (InputStream in = TestData.class.getResourceAsStream("/" + FOLDER + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the configurations that the data has. */
    static List<String> configurations() throws IOException {
        List<String> names = entries()
                .filter(name -> name.endsWith(CONFIG))
                .map(name -> name.substring(name.lastIndexOf('/') + 1, name.length() - CONFIG.length()))
                .sorted()
                .toList();
        if (names.isEmpty()) {
            throw new IllegalStateException("no configurations in " + FOLDER);
        }
        return names;
    }

    /** A configuration as flags of the Cilium agent. */
    static List<String> flags(String configuration) throws IOException {
        JsonNode config = new ObjectMapper().readTree(bytes(configuration + CONFIG));
        List<String> flags = new ArrayList<>();
        flags.add("--hubble-export-allowlist=" + objects(config.path("includeFilters")));
        flags.add("--hubble-export-denylist=" + objects(config.path("excludeFilters")));
        List<String> paths = new ArrayList<>();
        config.path("fieldMask").forEach(path -> paths.add(path.asText()));
        flags.add("--hubble-export-fieldmask=" + String.join(" ", paths));
        return flags;
    }

    private static String objects(JsonNode filters) {
        List<String> texts = new ArrayList<>();
        filters.forEach(filter -> texts.add(filter.toString()));
        return String.join(" ", texts);
    }

    /** In the reactor the data may lie in a folder still; otherwise it is in a jar. */
    private static Stream<String> entries() throws IOException {
        URL folder = Objects.requireNonNull(TestData.class.getResource("/" + FOLDER + "none" + CONFIG));
        URLConnection connection = folder.openConnection();
        if (connection instanceof JarURLConnection jar) {
            JarFile file = jar.getJarFile();
            return file.stream().map(entry -> entry.getName()).filter(name -> name.startsWith(FOLDER));
        }
        try (Stream<Path> files = Files.list(Path.of(folder.getPath()).resolveSibling("."))) {
            return files.map(Path::toString).toList().stream();
        }
    }
}
