package io.github.hubbleexport.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.hubbleexport.document.Node.Kind;
import io.github.hubbleexport.document.Node.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON. Of equal names the last one counts, as in Go. For one document. */
final class JsonDocument {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser in;

    private JsonDocument(JsonParser in) {
        this.in = in;
    }

    static Node read(String text) throws MalformedDocumentException {
        try (JsonParser in = JSON.createParser(text)) {
            in.nextToken();
            Node root = new JsonDocument(in).node();
            if (in.nextToken() != null) {
                JsonLocation place = in.currentTokenLocation();
                throw new MalformedDocumentException("expected nothing more", place.getLineNr(), place.getColumnNr());
            }
            return root;
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            int line = place == null ? 0 : place.getLineNr();
            throw new MalformedDocumentException(e.getOriginalMessage(), line, place == null ? 0 : place.getColumnNr());
        } catch (IOException e) {
            throw new UncheckedIOException("reading a text in memory", e);
        }
    }

    /** The value at the current token; leaves the parser at its end. */
    private Node node() throws IOException {
        int line = in.currentTokenLocation().getLineNr();
        int column = in.currentTokenLocation().getColumnNr();
        return switch (in.currentToken()) {
            case START_OBJECT -> map(line, column);
            case START_ARRAY -> list(line, column);
            case VALUE_TRUE, VALUE_FALSE -> Node.scalar(Kind.BOOLEAN, in.getBooleanValue(), line, column);
            case VALUE_NUMBER_INT -> Node.scalar(Kind.INTEGER, in.getBigIntegerValue(), line, column);
            case VALUE_NUMBER_FLOAT -> Node.scalar(Kind.FLOAT, in.getDoubleValue(), line, column);
            case VALUE_STRING -> Node.scalar(Kind.TEXT, in.getText(), line, column);
            default -> Node.scalar(Kind.NULL, null, line, column);
        };
    }

    private Node list(int line, int column) throws IOException {
        List<Node> elements = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            elements.add(node());
        }
        return Node.list(elements, line, column);
    }

    private Node map(int line, int column) throws IOException {
        Map<String, Member> members = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            JsonLocation place = in.currentTokenLocation();
            in.nextToken();
            members.remove(name);
            members.put(name, new Member(name, place.getLineNr(), place.getColumnNr(), node()));
        }
        return Node.map(List.copyOf(members.values()), line, column);
    }
}
