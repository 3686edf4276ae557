package io.github.hubbleexport.bench.rival;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
    SEED,
    /** One pod allowed, which no event has: every event is rejected. */
    REJECTED;

    private static final String ABSENT_POD = "{\"source_pod\":[\"shop/absent-\"]}";

    private static final String FOLDER = "/conformance/encode/";

    /** The allow list, as an exporter takes it. */
    public String allowList() {
        return this == REJECTED ? ABSENT_POD : text(config().path("includeFilters"));
    }

    /** The deny list, as an exporter takes it. */
    public String denyList() {
        return text(config().path("excludeFilters"));
    }

    /** The paths of the field mask; none for all fields. */
    public List<String> fieldMask() {
        List<String> paths = new ArrayList<>();
        config().path("fieldMask").forEach(path -> paths.add(path.asText()));
        return paths;
    }

    /** The lines that must come out for the events of a cluster, each with its end. */
    List<String> expectedLines() {
        if (this == REJECTED) {
            return List.of();
        }
        String text = new String(resource("cluster." + lower() + ".jsonl"), StandardCharsets.UTF_8);
        return text.lines().map(line -> line + "\n").toList();
    }

    /** The first of these lines. */
    public String firstExpectedLine() {
        return expectedLines().get(0);
    }

    private JsonNode config() {
        if (this == REJECTED) {
            return MissingNode.getInstance();
        }
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
