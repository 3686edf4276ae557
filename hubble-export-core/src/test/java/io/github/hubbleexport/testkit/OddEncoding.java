package io.github.hubbleexport.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Other encodings of the same message: fields in any order, messages in parts that have to be merged, scalars written
 * twice, padded varints, unknown fields and groups in between.
 */
public final class OddEncoding {

    private static final int UNKNOWN_FIELD = 19;

    private final Random random;

    public OddEncoding(long seed) {
        this.random = new Random(seed);
    }

    /** One of the encodings of a message. */
    public byte[] of(Message message) {
        List<byte[]> pieces = new ArrayList<>();
        message.getAllFields().forEach((field, value) -> addField(field, value, pieces));
        if (random.nextInt(3) == 0) {
            pieces.add(unknown());
        }
        Collections.shuffle(pieces, random);
        return join(pieces);
    }

    private void addField(FieldDescriptor field, Object value, List<byte[]> pieces) {
        if (field.isRepeated()) {
            List<byte[]> elements = new ArrayList<>();
            ((List<?>) value).forEach(element -> {
                if (random.nextInt(3) == 0) {
                    elements.add(unknown());
                }
                elements.add(piece(field, element));
            });
            // The elements keep their order, so they stay one piece; what stands between them does not matter.
            pieces.add(join(elements));
        } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            addMessage(field, (Message) value, pieces);
        } else if (random.nextInt(4) == 0) {
            pieces.add(join(List.of(piece(field, other(field)), piece(field, value))));
        } else {
            pieces.add(piece(field, value));
        }
    }

    private void addMessage(FieldDescriptor field, Message value, List<byte[]> pieces) {
        boolean splits = random.nextInt(4) == 0 && field.getRealContainingOneof() == null;
        if (!splits) {
            pieces.add(piece(field, value));
            return;
        }
        Message.Builder rest = value.toBuilder();
        Message.Builder part = value.newBuilderForType();
        value.getAllFields().forEach((inner, innerValue) -> {
            if (random.nextBoolean() && inner.getRealContainingOneof() == null) {
                part.setField(inner, innerValue);
                rest.clearField(inner);
            }
        });
        pieces.add(piece(field, part.build()));
        pieces.add(piece(field, rest.build()));
    }

    private static Object other(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> "overwritten";
            case BYTE_STRING -> ByteString.copyFromUtf8("overwritten");
            case BOOLEAN -> true;
            case INT -> 77;
            case LONG -> 77L;
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(77);
            default -> throw new IllegalStateException(field.getFullName());
        };
    }

    private byte[] piece(FieldDescriptor field, Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = bytes(field, value);
        if (bytes == null) {
            varint(out, (long) field.getNumber() << 3);
            varint(out, number(field, value));
        } else {
            varint(out, (long) field.getNumber() << 3 | 2);
            varint(out, bytes.length);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private byte @Nullable [] bytes(FieldDescriptor field, Object value) {
        return switch (field.getJavaType()) {
            case MESSAGE -> of((Message) value);
            case STRING -> ByteString.copyFromUtf8((String) value).toByteArray();
            case BYTE_STRING -> ((ByteString) value).toByteArray();
            default -> null;
        };
    }

    private static long number(FieldDescriptor field, Object value) {
        return switch (field.getType()) {
            case BOOL -> (boolean) value ? 1 : 0;
            case UINT32 -> (int) value & 0xffffffffL;
            case INT32 -> (int) value;
            case ENUM -> ((EnumValueDescriptor) value).getNumber();
            default -> (long) value;
        };
    }

    private void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        int bytes = 1;
        while ((rest & ~0x7fL) != 0) {
            out.write(((int) rest & 0x7f) | 0x80);
            rest >>>= 7;
            bytes++;
        }
        boolean padded = bytes < 9 && random.nextInt(6) == 0;
        out.write((int) rest | (padded ? 0x80 : 0));
        if (padded) {
            out.write(0x80);
            out.write(0);
        }
    }

    private byte[] unknown() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int wireType = new int[] {0, 1, 2, 3, 5}[random.nextInt(5)];
        varint(out, UNKNOWN_FIELD << 9 | wireType);
        switch (wireType) {
            case 0 -> varint(out, random.nextLong());
            case 1 -> out.writeBytes(new byte[8]);
            case 2 -> {
                varint(out, 3);
                out.writeBytes(new byte[3]);
            }
            case 3 -> {
                out.writeBytes(random.nextBoolean() ? unknown() : new byte[0]);
                varint(out, UNKNOWN_FIELD << 9 | 4);
            }
            default -> out.writeBytes(new byte[4]);
        }
        return out.toByteArray();
    }

    private static byte[] join(List<byte[]> pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pieces.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
