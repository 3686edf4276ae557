package io.github.hubbleexport.filter;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.hubbleexport.problem.Nearest;
import io.github.hubbleexport.problem.Problems;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads JSON objects into messages by the rules of protobuf's JSON mapping. For one thread. */
final class MessageReader {

    private final JsonParser in;
    private final Problems problems;
    private final ScalarReader scalars;

    MessageReader(JsonParser in, Problems problems) {
        this.in = in;
        this.problems = problems;
        this.scalars = new ScalarReader(in, problems);
    }

    /**
     * Reads the value at the current token and leaves the parser at its end.
     *
     * @param expected what to ask for when there is no object
     * @return whether everything in it was right; a field with a problem is not set
     */
    boolean read(Message.Builder message, String path, String expected) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            return refuse(path, "expected " + expected + ", found " + ScalarReader.describe(in.currentToken()));
        }
        boolean isRight = true;
        Set<FieldDescriptor> seen = new HashSet<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            isRight &= member(message, path, seen);
        }
        return isRight;
    }

    private boolean member(Message.Builder message, String path, Set<FieldDescriptor> seen) throws IOException {
        String name = in.currentName();
        Descriptor type = message.getDescriptorForType();
        FieldDescriptor field = field(type, name);
        if (field == null) {
            in.nextToken();
            List<String> known =
                    type.getFields().stream().map(FieldDescriptor::getName).toList();
            return refuse(path + "." + name, "unknown field" + Nearest.hint(name, known));
        }
        String fieldPath = path + "." + field.getName();
        if (!seen.add(field)) {
            in.nextToken();
            return refuse(fieldPath, "the field stands there twice");
        }
        boolean isRight = in.nextToken() == JsonToken.VALUE_NULL || value(message, field, fieldPath);
        if (!isRight) {
            message.clearField(field);
        }
        return isRight;
    }

    private static @Nullable FieldDescriptor field(Descriptor type, String name) {
        for (FieldDescriptor field : type.getFields()) {
            if (field.getName().equals(name) || field.getJsonName().equals(name)) {
                return field;
            }
        }
        return null;
    }

    private boolean value(Message.Builder message, FieldDescriptor field, String path) throws IOException {
        if (field.isRepeated()) {
            return list(message, field, path);
        }
        Object value = single(message, field, path);
        if (value != null) {
            message.setField(field, value);
        }
        return value != null;
    }

    private boolean list(Message.Builder message, FieldDescriptor field, String path) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            return refuse(path, "expected a list, found " + ScalarReader.describe(in.currentToken()));
        }
        boolean isRight = true;
        for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
            Object value = single(message, field, path + "[" + i + "]");
            if (value != null) {
                message.addRepeatedField(field, value);
            }
            isRight &= value != null;
        }
        return isRight;
    }

    /** One value; null after a problem. */
    private @Nullable Object single(Message.Builder message, FieldDescriptor field, String path) throws IOException {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return scalars.read(field, path);
        }
        Message.Builder value = message.newBuilderForField(field);
        return read(value, path, "an object") ? value.build() : null;
    }

    private boolean refuse(String path, String reason) throws IOException {
        JsonToken token = in.currentToken();
        String value = token.isScalarValue() ? in.getText() : "";
        JsonLocation place = in.currentTokenLocation();
        problems.add(path, value, reason, place.getLineNr(), place.getColumnNr());
        in.skipChildren();
        return false;
    }
}
