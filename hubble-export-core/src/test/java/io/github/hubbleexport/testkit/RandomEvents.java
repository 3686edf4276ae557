package io.github.hubbleexport.testkit;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.util.List;
import java.util.Random;

/** Events with any of their fields set to plain and awkward values. The same seed gives the same events. */
public final class RandomEvents {

    private static final long MIN_SECONDS = -62_135_596_800L;
    private static final long SECONDS = 315_537_897_600L;
    private static final int MAX_ELEMENTS = 3;
    private static final int MAX_TEXT = 24;
    private static final String AWKWARD =
            "\"\\<>&\b\f\n\r\t\u0000\u001f\u007f\u0080\u07ff\u0800\u2027\u2028\u2029\ufffd\uffff";

    private final Random random;

    public RandomEvents(long seed) {
        this.random = new Random(seed);
    }

    /** The next event, of any kind. */
    public ExportEvent next() {
        ExportEvent.Builder event = ExportEvent.newBuilder();
        fill(event, 0.1 + random.nextDouble() * 0.7);
        return event.build();
    }

    /** An event that is a flow. */
    public ExportEvent nextFlow() {
        ExportEvent.Builder event = ExportEvent.newBuilder();
        fill(event, 0.5);
        fill(event.getFlowBuilder(), 0.1 + random.nextDouble() * 0.7);
        return event.build();
    }

    private void fill(Message.Builder message, double density) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (random.nextDouble() >= density) {
                continue;
            }
            if (field.isRepeated()) {
                int elements = 1 + random.nextInt(MAX_ELEMENTS);
                for (int i = 0; i < elements; i++) {
                    message.addRepeatedField(field, value(message, field, density));
                }
            } else {
                message.setField(field, value(message, field, density));
            }
        }
    }

    private Object value(Message.Builder message, FieldDescriptor field, double density) {
        return switch (field.getType()) {
            case MESSAGE -> message(message.newBuilderForField(field), density);
            case STRING -> text();
            case BOOL -> random.nextInt(4) > 0;
            case INT32, UINT32 -> (int) number();
            case INT64, UINT64 -> number();
            case ENUM -> enumValue(field);
            default -> throw new IllegalStateException("no value for " + field.getFullName());
        };
    }

    private Message message(Message.Builder builder, double density) {
        if (builder instanceof Timestamp.Builder) {
            return time();
        }
        if (builder instanceof Any.Builder) {
            return random.nextBoolean() ? Any.getDefaultInstance() : Any.pack(BoolValue.of(random.nextBoolean()));
        }
        fill(builder, density);
        return builder.build();
    }

    private Timestamp time() {
        int nanos = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(1_000) * 1_000_000;
            case 2 -> random.nextInt(1_000_000) * 1_000;
            default -> random.nextInt(1_000_000_000);
        };
        return Timestamp.newBuilder()
                .setSeconds(MIN_SECONDS + (long) (random.nextDouble() * (SECONDS - 1)))
                .setNanos(nanos)
                .build();
    }

    /** All magnitudes are equally likely. */
    private long number() {
        long number = random.nextLong() >>> random.nextInt(Long.SIZE);
        return random.nextInt(4) == 0 ? -number : number;
    }

    private EnumValueDescriptor enumValue(FieldDescriptor field) {
        List<EnumValueDescriptor> values = field.getEnumType().getValues();
        if (random.nextInt(8) == 0) {
            return field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(3_000) - 500);
        }
        return values.get(random.nextInt(values.size()));
    }

    /** Text of ASCII for the most part. */
    public String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(MAX_TEXT);
        int oddity = 1 + random.nextInt(40);
        for (int i = 0; i < length; i++) {
            if (random.nextInt(oddity) > 0) {
                text.append((char) (' ' + random.nextInt(95)));
            } else if (random.nextBoolean()) {
                text.append(AWKWARD.charAt(random.nextInt(AWKWARD.length())));
            } else {
                text.appendCodePoint(0x10000 + random.nextInt(0x100000));
            }
        }
        return text.toString();
    }
}
