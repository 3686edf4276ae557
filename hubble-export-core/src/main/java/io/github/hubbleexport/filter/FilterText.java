package io.github.hubbleexport.filter;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Filters as the JSON of Hubble: names as in {@code flow.proto}, members in the order of their declaration. */
final class FilterText {

    private static final String HEX = "0123456789abcdef";

    private FilterText() {}

    /** The JSON of one filter, on one line. */
    static String json(FlowFilter filter) {
        StringBuilder out = new StringBuilder();
        message(out, filter);
        return out.toString();
    }

    /** The same filter with the values of each field in one order, and each only once. */
    static FlowFilter sorted(FlowFilter filter) {
        FlowFilter.Builder sorted = filter.toBuilder();
        filter.getAllFields().forEach((field, value) -> {
            if (field.isRepeated()) {
                sorted.setField(field, distinct(field, (List<?>) value));
            }
        });
        // What is empty restricts nothing.
        FlowFilter.Experimental experimental = filter.getExperimental();
        return experimental.getCelExpressionCount() == 0
                ? sorted.clearExperimental().build()
                : sorted.build();
    }

    private static List<Object> distinct(FieldDescriptor field, List<?> values) {
        Map<String, Object> byText = new TreeMap<>();
        for (Object value : values) {
            StringBuilder text = new StringBuilder();
            value(text, field, value);
            byText.put(text.toString(), value);
        }
        return new ArrayList<>(byText.values());
    }

    /** The values of a repeated field for people: see {@link #plain(FieldDescriptor, Object)}. */
    static List<String> plain(Message message, FieldDescriptor repeated) {
        return ((List<?>) message.getField(repeated))
                .stream().map(value -> plain(repeated, value)).toList();
    }

    /** A single value without quotes around it: a text as it is, the name of an enum, the JSON of a message. */
    static String plain(FieldDescriptor field, Object value) {
        if (value instanceof String text) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        value(out, field, value);
        boolean isQuoted = out.charAt(0) == '"';
        return isQuoted ? out.substring(1, out.length() - 1) : out.toString();
    }

    /** A text as JSON has it, on one line. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder();
        string(out, text);
        return out.toString();
    }

    /** Filters one a line, each line with its end. */
    static String lines(List<FlowFilter> filters) {
        StringBuilder out = new StringBuilder();
        filters.forEach(filter -> out.append(json(filter)).append('\n'));
        return out.toString();
    }

    private static void message(StringBuilder out, Message message) {
        out.append('{');
        int start = out.length();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field)) {
                out.append(out.length() > start ? "," : "");
                string(out, field.getName());
                out.append(':');
                value(out, field, message.getField(field));
            }
        }
        out.append('}');
    }

    private static void value(StringBuilder out, FieldDescriptor field, Object value) {
        if (value instanceof Collection<?> values) {
            list(out, field, values);
        } else if (value instanceof Message message) {
            message(out, message);
        } else if (value instanceof EnumValueDescriptor constant) {
            enumValue(out, constant);
        } else if (value instanceof String text) {
            string(out, text);
        } else {
            scalar(out, field, value);
        }
    }

    private static void list(StringBuilder out, FieldDescriptor field, Collection<?> values) {
        out.append('[');
        int start = out.length();
        for (Object value : values) {
            out.append(out.length() > start ? "," : "");
            value(out, field, value);
        }
        out.append(']');
    }

    private static void enumValue(StringBuilder out, EnumValueDescriptor constant) {
        // A number without a name gets a descriptor that is not in its enum.
        if (constant.getIndex() < 0) {
            out.append(constant.getNumber());
        } else {
            string(out, constant.getName());
        }
    }

    private static void scalar(StringBuilder out, FieldDescriptor field, Object value) {
        switch (field.getType()) {
            case UINT32 -> out.append(Integer.toUnsignedString((Integer) value));
            case UINT64 -> string(out, Long.toUnsignedString((Long) value));
            default -> out.append(value);
        }
    }

    /** Whether a character would end a line or is one that YAML does not take as it is. */
    private static boolean isSpecial(char c) {
        return c < ' ' || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c >= 0xfffe;
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (isSpecial(c)) {
                out.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 0xf));
                out.append(HEX.charAt(c >> 4 & 0xf)).append(HEX.charAt(c & 0xf));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
