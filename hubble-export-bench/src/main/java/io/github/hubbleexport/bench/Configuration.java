package io.github.hubbleexport.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What an exporter is told to do, as the conformance data has it, with the lines that Hubble's own one prints. */
public enum Configuration {
    /** Every field of every event. */
    NONE,
    /** Three namespaces allowed on either side, ICMP denied, eleven mask paths: three of four events pass. */
    SEED;

    private static final String FOLDER = "/conformance/encode/";

    String allowList() {
        return text(config().path("includeFilters"));
    }

    String denyList() {
        return text(config().path("excludeFilters"));
    }

    List<String> fieldMask() {
        List<String> paths = new ArrayList<>();
        config().path("fieldMask").forEach(path -> paths.add(path.asText()));
        return paths;
    }

    /** The lines that must come out for the events of a cluster, each with its end. */
    List<String> expectedLines() {
        String text = new String(resource("cluster." + lower() + ".jsonl"), StandardCharsets.UTF_8);
        return text.lines().map(line -> line + "\n").toList();
    }

    private JsonNode config() {
        try {
            return new ObjectMapper().readTree(resource(lower() + ".config.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String lower() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String text(JsonNode filters) {
        return filters.isMissingNode() ? "" : filters.toString();
    }

    private static byte[] resource(String name) {
        try (InputStream in = Configuration.class.getResourceAsStream(FOLDER + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
