package io.github.hubbleexport.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a node as JSON, one token after the other, and knows the place of each in the document. For one thread. */
final class NodeParser extends JsonParserDelegate {

    private final List<JsonLocation> places;
    private int token = -1;

    private NodeParser(JsonParser tokens, List<JsonLocation> places) {
        super(tokens);
        this.places = places;
    }

    static JsonParser of(Node node) {
        List<JsonLocation> places = new ArrayList<>();
        try (TokenBuffer tokens = new TokenBuffer(null, false)) {
            write(node, tokens, places);
            return new NodeParser(tokens.asParser(), places);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    private static void write(Node node, JsonGenerator out, List<JsonLocation> places) throws IOException {
        places.add(place(node.line(), node.column()));
        switch (node.kind()) {
            case NULL -> out.writeNull();
            case BOOLEAN -> out.writeBoolean(node.bool());
            case INTEGER -> out.writeNumber(new BigInteger(node.text()));
            case FLOAT -> out.writeNumber(node.number());
            case TEXT -> out.writeString(node.text());
            case LIST -> writeList(node, out, places);
            case MAP -> writeMap(node, out, places);
        }
    }

    private static void writeList(Node list, JsonGenerator out, List<JsonLocation> places) throws IOException {
        out.writeStartArray();
        for (Node element : list.elements()) {
            write(element, out, places);
        }
        out.writeEndArray();
        places.add(place(list.line(), list.column()));
    }

    private static void writeMap(Node map, JsonGenerator out, List<JsonLocation> places) throws IOException {
        out.writeStartObject();
        for (Node.Member member : map.members()) {
            out.writeFieldName(member.name());
            places.add(place(member.line(), member.column()));
            write(member.value(), out, places);
        }
        out.writeEndObject();
        places.add(place(map.line(), map.column()));
    }

    private static JsonLocation place(int line, int column) {
        return new JsonLocation(ContentReference.unknown(), -1, line, column);
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        token++;
        return super.nextToken();
    }

    /** By tokens, so that none goes uncounted. */
    @Override
    public JsonParser skipChildren() throws IOException {
        JsonToken current = currentToken();
        int depth = current != null && current.isStructStart() ? 1 : 0;
        while (depth > 0) {
            JsonToken next = nextToken();
            if (next == null) {
                return this;
            }
            depth += next.isStructStart() ? 1 : next.isStructEnd() ? -1 : 0;
        }
        return this;
    }

    @Override
    public JsonLocation currentTokenLocation() {
        return places.get(Math.min(token, places.size() - 1));
    }
}
