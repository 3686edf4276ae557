package io.github.hubbleexport.bench.rival;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;

/** Writes messages by the JSON mapping of protobuf, with proto field names; extensions in an {@code Any} are not known. */
final class JacksonWalk {

    private record Member(FieldDescriptor field, SerializableString name) {}

    private final IdentityHashMap<Descriptor, Member[]> members = new IdentityHashMap<>();

    void write(Message message, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Member member : members.computeIfAbsent(message.getDescriptorForType(), JacksonWalk::membersOf)) {
            FieldDescriptor field = member.field;
            if (field.isRepeated()) {
                writeElements(member, message, out);
            } else if (message.hasField(field)) {
                out.writeFieldName(member.name);
                writeValue(field, message.getField(field), out);
            }
        }
        out.writeEndObject();
    }

    private static Member[] membersOf(Descriptor type) {
        return type.getFields().stream()
                .map(field -> new Member(field, new SerializedString(field.getName())))
                .toArray(Member[]::new);
    }

    private void writeElements(Member member, Message message, JsonGenerator out) throws IOException {
        if (message.getRepeatedFieldCount(member.field) == 0) {
            return;
        }
        out.writeFieldName(member.name);
        out.writeStartArray();
        for (Object element : (List<?>) message.getField(member.field)) {
            writeValue(member.field, element, out);
        }
        out.writeEndArray();
    }

    private void writeValue(FieldDescriptor field, Object value, JsonGenerator out) throws IOException {
        switch (field.getType()) {
            case STRING -> out.writeString((String) value);
            case BOOL -> out.writeBoolean((boolean) value);
            case INT32 -> out.writeNumber((int) value);
            case UINT32 -> out.writeNumber(Integer.toUnsignedLong((int) value));
            case INT64 -> out.writeString(Long.toString((long) value));
            case UINT64 -> out.writeString(Long.toUnsignedString((long) value));
            case ENUM -> writeEnum((EnumValueDescriptor) value, out);
            case MESSAGE -> writeMessage((Message) value, out);
            default -> throw new IllegalStateException("no field of Hubble is a " + field.getType());
        }
    }

    private static void writeEnum(EnumValueDescriptor value, JsonGenerator out) throws IOException {
        if (value.getIndex() < 0) {
            out.writeNumber(value.getNumber());
        } else {
            out.writeString(value.getName());
        }
    }

    private void writeMessage(Message message, JsonGenerator out) throws IOException {
        if (message instanceof Timestamp time) {
            out.writeString(
                    Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString());
        } else if (message instanceof Any) {
            throw new IllegalStateException("an Any");
        } else if (isWrapper(message.getDescriptorForType())) {
            FieldDescriptor field = message.getDescriptorForType().getFields().get(0);
            writeValue(field, message.getField(field), out);
        } else {
            write(message, out);
        }
    }

    private static boolean isWrapper(Descriptor type) {
        return type.getFile().getName().equals("google/protobuf/wrappers.proto");
    }
}
