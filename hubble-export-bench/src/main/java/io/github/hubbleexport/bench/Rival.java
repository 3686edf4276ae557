package io.github.hubbleexport.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The ways that are compared. */
public enum Rival {
    /** This library, from wire bytes. */
    ENGINE {
        @Override
        EventWay open(Configuration configuration) {
            return new EngineWay(configuration);
        }

        @Override
        boolean agrees(String expected, String line) {
            return line.equals(expected);
        }
    },
    /** protobuf-java's parse, a filter in plain Java, FieldMaskUtil and JsonFormat. */
    OBVIOUS {
        @Override
        EventWay open(Configuration configuration) {
            return new ObviousWay(configuration);
        }

        /** As JSON values: JsonFormat has another order and other escapes, and leaves out empty messages under a mask. */
        @Override
        boolean agrees(String expected, String line) {
            return line.isEmpty() == expected.isEmpty()
                    && (line.isEmpty() || withoutEmpty(expected).equals(withoutEmpty(line)));
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    abstract EventWay open(Configuration configuration);

    abstract boolean agrees(String expected, String line);

    /**
     * Proves that a way gives Hubble's own lines.
     *
     * @throws IllegalStateException if it does not: then its time would mean nothing
     */
    static void check(EventWay way, Rival rival, Configuration configuration, byte[][] events) {
        List<String> lines = new ArrayList<>();
        for (byte[] event : events) {
            String line = way.line(event);
            if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        List<String> expected = configuration.expectedLines();
        if (lines.size() != expected.size()) {
            throw new IllegalStateException(
                    rival + " printed " + lines.size() + " lines instead of " + expected.size());
        }
        for (int i = 0; i < lines.size(); i++) {
            if (!rival.agrees(expected.get(i), lines.get(i))) {
                throw new IllegalStateException(rival + " printed " + lines.get(i) + " instead of " + expected.get(i));
            }
        }
    }

    private static JsonNode withoutEmpty(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            prune(node);
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void prune(JsonNode node) {
        if (node instanceof ArrayNode array) {
            array.forEach(Rival::prune);
        } else if (node instanceof ObjectNode object) {
            for (Iterator<JsonNode> members = object.elements(); members.hasNext(); ) {
                JsonNode member = members.next();
                prune(member);
                if (member.isObject() && member.isEmpty()) {
                    members.remove();
                }
            }
        }
    }
}
