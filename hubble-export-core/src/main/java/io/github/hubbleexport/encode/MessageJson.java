package io.github.hubbleexport.encode;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages of any known type as JSON, slowly, by reflection, with the rules of {@link JsonWriter}. Known are the types
 * of the Hubble API and those that it uses; like Go, it refuses the others.
 */
final class MessageJson {

    private static final Map<String, Descriptor> TYPES = new HashMap<>();

    static {
        addTypes(ExportEvent.getDescriptor().getFile());
    }

    private final StringBuilder out = new StringBuilder();

    private MessageJson() {}

    private static void addTypes(FileDescriptor file) {
        file.getMessageTypes().forEach(type -> TYPES.put(type.getFullName(), type));
        file.getDependencies().forEach(MessageJson::addTypes);
    }

    /**
     * A message as JSON.
     *
     * @throws InvalidProtocolBufferException if it, or a message in it, has no JSON
     */
    static String print(Message message) throws InvalidProtocolBufferException {
        MessageJson json = new MessageJson();
        json.printMessage(message);
        return json.out.toString();
    }

    private void printMessage(Message message) throws InvalidProtocolBufferException {
        switch (message.getDescriptorForType().getFullName()) {
            case "google.protobuf.Any" -> printAny(Any.parseFrom(message.toByteString()));
            case "google.protobuf.Timestamp" -> printTime(message);
            case "google.protobuf.FieldMask" -> throw unprintable("a field mask");
            default -> {
                if (isWrapper(message.getDescriptorForType())) {
                    FieldDescriptor value =
                            message.getDescriptorForType().getFields().get(0);
                    printValue(value, message.getField(value));
                } else {
                    out.append('{');
                    printFields(message);
                    close('}');
                }
            }
        }
    }

    private static boolean isWrapper(Descriptor type) {
        return type.getFile().getName().equals("google/protobuf/wrappers.proto");
    }

    private void printAny(Any any) throws InvalidProtocolBufferException {
        if (any.getTypeUrl().isEmpty()) {
            if (!any.getValue().isEmpty()) {
                throw unprintable("a value without a type");
            }
            out.append("{}");
            return;
        }
        String url = any.getTypeUrl();
        Descriptor type = TYPES.get(url.substring(url.lastIndexOf('/') + 1));
        if (type == null) {
            throw unprintable("a message of the unknown type " + url);
        }
        Message message = DynamicMessage.parseFrom(type, any.getValue());
        out.append("{\"@type\":");
        printText(any.getTypeUrlBytes());
        out.append(',');
        if (type.getFile().getPackage().equals("google.protobuf")) {
            out.append("\"value\":");
            printMessage(message);
        } else {
            printFields(message);
        }
        close('}');
    }

    private void printFields(Message message) throws InvalidProtocolBufferException {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field)) {
                out.append('"').append(field.getName()).append("\":");
                if (field.isRepeated()) {
                    printList(field, (List<?>) message.getField(field));
                } else {
                    printValue(field, message.getField(field));
                }
                out.append(',');
            }
        }
    }

    private void printList(FieldDescriptor field, List<?> values) throws InvalidProtocolBufferException {
        out.append('[');
        for (Object value : values) {
            printValue(field, value);
            out.append(',');
        }
        close(']');
    }

    private void close(char bracket) {
        if (out.charAt(out.length() - 1) == ',') {
            out.setLength(out.length() - 1);
        }
        out.append(bracket);
    }

    private void printValue(FieldDescriptor field, Object value) throws InvalidProtocolBufferException {
        switch (field.getType()) {
            case MESSAGE -> printMessage((Message) value);
            case STRING -> printText(ByteString.copyFromUtf8((String) value));
            case BYTES ->
                out.append('"')
                        .append(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()))
                        .append('"');
            case ENUM -> printEnum((EnumValueDescriptor) value);
            case UINT32 -> out.append(Integer.toUnsignedString((int) value));
            case UINT64 ->
                out.append('"').append(Long.toUnsignedString((long) value)).append('"');
            case INT64 -> out.append('"').append((long) value).append('"');
            case BOOL, INT32 -> out.append(value);
            default -> throw unprintable(field.getFullName());
        }
    }

    private void printEnum(EnumValueDescriptor value) {
        EnumValueDescriptor named = value.getType().findValueByNumber(value.getNumber());
        if (named == null) {
            out.append(value.getNumber());
        } else {
            out.append('"').append(named.getName()).append('"');
        }
    }

    private void printTime(Message message) throws InvalidProtocolBufferException {
        List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
        byte[] text = new byte[TimestampText.MAX_BYTES + Fragment.SLACK];
        long seconds = (long) message.getField(fields.get(0));
        int end = new TimestampText().write(seconds, (int) message.getField(fields.get(1)), text, 0);
        if (end < 0) {
            throw unprintable("a time out of range");
        }
        out.append('"')
                .append(new String(text, 0, end, StandardCharsets.US_ASCII))
                .append('"');
    }

    private void printText(ByteString text) throws InvalidProtocolBufferException {
        byte[] in = Arrays.copyOf(text.toByteArray(), text.size() + Long.BYTES);
        byte[] escaped = new byte[JsonText.MAX_GROWTH * text.size() + Long.BYTES];
        int end = JsonText.write(in, 0, text.size(), escaped, 0);
        if (end < 0) {
            throw unprintable("text that is not UTF-8");
        }
        out.append('"')
                .append(new String(escaped, 0, end - JsonText.CLOSE_BYTES, StandardCharsets.UTF_8))
                .append('"');
    }

    private static InvalidProtocolBufferException unprintable(String what) {
        return new InvalidProtocolBufferException("no JSON for " + what);
    }
}
