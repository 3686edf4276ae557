package io.github.hubbleexport.bench.rival;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** Compares lines by what they say, where writers differ in order, escapes, and whether they print empty messages. */
public final class JsonValues {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonValues() {}

    /** Whether two lines hold the same values, empty objects aside. */
    public static boolean same(String one, String other) {
        return withoutEmpty(one).equals(withoutEmpty(other));
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
            array.forEach(JsonValues::prune);
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
