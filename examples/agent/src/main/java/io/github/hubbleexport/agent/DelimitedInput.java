package io.github.hubbleexport.agent;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.IOException;
import java.io.InputStream;

/**
 * Messages, each after its length as a varint. Their bytes go to the exporter as they came: what is damaged inside one
 * costs that one alone. A damaged length, on the other hand, leaves no way to find the next message.
 */
final class DelimitedInput implements EventInput {

    /** Longest message that is believed, in bytes: {@value}. */
    static final int MAX_LENGTH = 64 << 20;

    private static final int MAX_VARINT_BYTES = 10;

    private final InputBuffer buffer;
    private long events;
    private int length;
    private boolean offered = true;

    DelimitedInput(InputStream in) {
        buffer = new InputBuffer(in);
    }

    @Override
    public boolean next() throws IOException, UnreadableEventException {
        dropCurrent();
        if (!buffer.require(1)) {
            return false;
        }
        events++;
        length = readLength();
        if (!buffer.require(length)) {
            int there = buffer.available();
            buffer.skip(there);
            throw new UnreadableEventException(
                    "event " + events + ": the input ends after " + there + " of its " + length + " bytes");
        }
        offered = false;
        return true;
    }

    @Override
    public ExportOutcome offerTo(EventTarget target) {
        return target.export(buffer.bytes(), buffer.start(), length);
    }

    @Override
    public ExportEvent event() throws UnreadableEventException {
        try {
            return ExportEvent.parser().parseFrom(buffer.bytes(), buffer.start(), length);
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableEventException("event " + events + ": " + e.getMessage());
        }
    }

    private void dropCurrent() {
        if (!offered) {
            buffer.skip(length);
            offered = true;
        }
    }

    private int readLength() throws IOException, UnreadableEventException {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            if (!buffer.require(1)) {
                throw new UnreadableEventException("event " + events + ": the input ends within its length");
            }
            byte next = buffer.peek(0);
            buffer.skip(1);
            value |= (next & 0x7FL) << (7 * i);
            if (next >= 0) {
                return checked(value);
            }
        }
        throw new IOException(notDelimited("a length of more than " + MAX_VARINT_BYTES + " bytes"));
    }

    private int checked(long value) throws IOException {
        if (value < 0 || value > MAX_LENGTH) {
            throw new IOException(notDelimited("a length of " + Long.toUnsignedString(value) + " bytes"));
        }
        return (int) value;
    }

    private String notDelimited(String what) {
        return "event " + events + " has " + what + " where at most " + MAX_LENGTH
                + " are allowed; is the input really length-delimited protobuf?";
    }
}
