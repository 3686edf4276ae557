package io.github.hubbleexport.proto;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a schema says, one row a fact: a field of a message, a value of an enum, a method of a service, or a message
 * without fields. A row is found by its kind and name; everything else about it can be compared.
 */
final class SchemaTable {
    static final List<String> COLUMNS = List.of(
            "kind",
            "full_name",
            "number",
            "name",
            "type",
            "label",
            "oneof",
            "json_name",
            "deprecated",
            "declaration_index");

    private final Map<String, List<String>> rows = new TreeMap<>();

    private SchemaTable() {}

    /**
     * Reads tab-separated rows below a header of {@link #COLUMNS}, which begins with a number sign.
     *
     * @throws IllegalArgumentException if the header or the width of a row is another, or a row comes twice
     */
    static SchemaTable parse(List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).equals("#" + String.join("\t", COLUMNS))) {
            throw new IllegalArgumentException(
                    "not the header of a schema: " + lines.stream().findFirst());
        }
        SchemaTable table = new SchemaTable();
        lines.stream().skip(1).map(line -> List.of(line.split("\t", -1))).forEach(table::add);
        return table;
    }

    /** Collects what the descriptors of these files say, in the order in which they are declared. */
    static SchemaTable of(Collection<FileDescriptor> files) {
        SchemaTable table = new SchemaTable();
        for (FileDescriptor file : files) {
            file.getMessageTypes().forEach(table::addMessage);
            file.getEnumTypes().forEach(table::addEnum);
            file.getServices().forEach(table::addService);
        }
        return table;
    }

    int size() {
        return rows.size();
    }

    /** Returns one line for each row that is missing here, is not wanted, or says something else; empty if equal. */
    List<String> differencesFrom(SchemaTable wanted) {
        List<String> differences = new ArrayList<>();
        wanted.rows.forEach((key, row) -> {
            List<String> own = rows.get(key);
            if (own == null) {
                differences.add("missing: " + key);
            } else {
                compare(key, own, row, differences);
            }
        });
        rows.keySet().stream()
                .filter(key -> !wanted.rows.containsKey(key))
                .forEach(key -> differences.add("not in the table: " + key));
        return differences;
    }

    private static void compare(String key, List<String> own, List<String> wanted, List<String> differences) {
        for (int i = 0; i < COLUMNS.size(); i++) {
            if (!own.get(i).equals(wanted.get(i))) {
                differences.add(
                        "%s: %s is '%s', should be '%s'".formatted(key, COLUMNS.get(i), own.get(i), wanted.get(i)));
            }
        }
    }

    private void add(List<String> row) {
        if (row.size() != COLUMNS.size()) {
            throw new IllegalArgumentException("a row of " + row.size() + " columns: " + row);
        }
        String name = row.get(3).isEmpty() ? "" : "." + row.get(3);
        String key = row.get(0) + " " + row.get(1) + name;
        if (rows.put(key, row) != null) {
            throw new IllegalArgumentException("twice: " + key);
        }
    }

    private void addMessage(Descriptor message) {
        if (message.getFields().isEmpty()) {
            add(List.of("message", message.getFullName(), "", "", "", "", "", "", "", ""));
        }
        message.getFields().forEach(this::addField);
        message.getNestedTypes().forEach(this::addMessage);
        message.getEnumTypes().forEach(this::addEnum);
    }

    private void addField(FieldDescriptor field) {
        add(List.of(
                "field",
                field.getContainingType().getFullName(),
                Integer.toString(field.getNumber()),
                field.getName(),
                typeOf(field),
                labelOf(field),
                field.getContainingOneof() == null
                        ? ""
                        : field.getContainingOneof().getName(),
                field.getJsonName(),
                deprecated(field.getOptions().getDeprecated()),
                Integer.toString(field.getIndex())));
    }

    private static String typeOf(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String labelOf(FieldDescriptor field) {
        if (field.isRepeated()) {
            return "repeated";
        }
        return field.isRequired() ? "required" : "optional";
    }

    private void addEnum(EnumDescriptor type) {
        for (EnumValueDescriptor value : type.getValues()) {
            String number = Integer.toString(value.getNumber());
            String deprecated = deprecated(value.getOptions().getDeprecated());
            String index = Integer.toString(value.getIndex());
            add(List.of("enum", type.getFullName(), number, value.getName(), "", "", "", "", deprecated, index));
        }
    }

    private void addService(ServiceDescriptor service) {
        for (MethodDescriptor method : service.getMethods()) {
            String types = method.getInputType().getFullName() + " -> "
                    + method.getOutputType().getFullName();
            String deprecated = deprecated(method.getOptions().getDeprecated());
            String index = Integer.toString(method.getIndex());
            String name = method.getName();
            add(List.of("method", service.getFullName(), "", name, types, kindOf(method), "", "", deprecated, index));
        }
    }

    private static String kindOf(MethodDescriptor method) {
        if (method.isClientStreaming()) {
            return method.isServerStreaming() ? "bidirectional_streaming" : "client_streaming";
        }
        return method.isServerStreaming() ? "server_streaming" : "unary";
    }

    private static String deprecated(boolean deprecated) {
        return deprecated ? "deprecated" : "";
    }
}
