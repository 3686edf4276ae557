package io.github.hubbleexport.wire;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one event and, after {@link #scan()}, the wanted fields in their slots. Reused from event to event; for
 * one thread at a time. Slots hold what protobuf would have parsed: the last of several scalars, the last member of a
 * oneof. Slots outside the plan say nothing.
 */
public final class ScannedEvent {

    /** Bytes behind the event that may be read, and hold anything: eight-byte reads and varints need no check. */
    public static final int SLACK = 16;

    private static final int FLOW_SLOT = EventSchema.get().field("flow").slot();
    private static final int INITIAL_BYTES = 4096;

    private final ScanPlan wholePlan;
    final long[] values = new long[EventSchema.get().size()];
    final int[] lastEnds = new int[EventSchema.get().size()];
    final long[] present = new long[EventSchema.get().words()];
    byte[] bytes = new byte[INITIAL_BYTES];
    private long[] listened;
    private long[] descended;
    private long[] numbers;
    private int length;
    private boolean bareFlow;
    private @Nullable ExportEvent event;

    /**
     * Scratch for events of one plan.
     *
     * @param plan what scans look for
     */
    public ScannedEvent(ScanPlan plan) {
        this.wholePlan = requireNonNull(plan, "plan");
        this.listened = wholePlan.listened();
        this.descended = wholePlan.descended();
        this.numbers = wholePlan.numbers();
    }

    /**
     * Takes a copy of an event's wire bytes.
     *
     * @param bareFlow whether they are those of a {@code flow.Flow} without an event around it
     * @throws IndexOutOfBoundsException if the range lies outside the array
     */
    public void load(byte[] source, int offset, int count, boolean bareFlow) {
        System.arraycopy(source, offset, room(count), 0, count);
        loaded(count, bareFlow);
    }

    /** Takes a copy of what remains in a buffer, and leaves the buffer as it was. */
    public void load(ByteBuffer source, boolean bareFlow) {
        int count = source.remaining();
        source.get(source.position(), room(count), 0, count);
        loaded(count, bareFlow);
    }

    /** Serialises a message. */
    public void load(MessageLite message, boolean bareFlow) {
        int count = message.getSerializedSize();
        CodedOutputStream out = CodedOutputStream.newInstance(room(count), 0, count);
        try {
            message.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to an array of the right size", e);
        }
        loaded(count, bareFlow);
    }

    private byte[] room(int count) {
        if (bytes.length - SLACK < count) {
            bytes = new byte[Math.addExact(Math.max(count, Math.min(2 * bytes.length, 1 << 26)), SLACK)];
        }
        return bytes;
    }

    private void loaded(int count, boolean isBareFlow) {
        length = count;
        bareFlow = isBareFlow;
        event = null;
    }

    /** Fills the slots of the event's own plan from the bytes. */
    public ScanResult scan() {
        return scan(wholePlan);
    }

    /** Fills the slots of another plan from the bytes: a filter needs fewer of them than what comes after it. */
    public ScanResult scan(ScanPlan wanted) {
        listened = wanted.listened();
        descended = wanted.descended();
        numbers = wanted.numbers();
        Arrays.fill(present, 0);
        if (bareFlow) {
            setPresent(FLOW_SLOT);
            values[FLOW_SLOT] = WireFields.pack(0, length);
            return EventScanner.flow(this, 0, length);
        }
        return EventScanner.event(this, 0, length);
    }

    /** Whether the plan wants a message, or one that it would clear. For {@link EventScanner}. */
    boolean listens(int word, long bit) {
        return (listened[word] & bit) != 0;
    }

    /** Which fields of a message the plan wants to see, by number. For {@link EventScanner}. */
    long wanted(int message) {
        return numbers[message];
    }

    /** Whether the plan wants something in a message. For {@link EventScanner}. */
    boolean descends(int word, long bit) {
        return (descended[word] & bit) != 0;
    }

    /**
     * Replaces the bytes by the canonical form of the same event, in which nothing has to be merged any more.
     *
     * @throws InvalidProtocolBufferException if protobuf-java cannot parse them
     */
    public void makeCanonical() throws InvalidProtocolBufferException {
        load(message(), bareFlow);
    }

    /**
     * The event, parsed.
     *
     * @return an {@code ExportEvent}, or a {@code Flow} if that is what was loaded
     * @throws InvalidProtocolBufferException if protobuf-java cannot parse the bytes
     */
    public MessageLite message() throws InvalidProtocolBufferException {
        return (bareFlow ? Flow.parser() : ExportEvent.parser()).parseFrom(bytes, 0, length);
    }

    /**
     * The event, parsed at the first call after a load and kept until the next. A bare flow comes with its own time and
     * node name as those of the event, which is how Hubble exports it.
     *
     * @throws InvalidProtocolBufferException if protobuf-java cannot parse the bytes
     */
    public ExportEvent event() throws InvalidProtocolBufferException {
        if (event == null) {
            MessageLite message = message();
            event = message instanceof Flow flow ? ofFlow(flow) : (ExportEvent) message;
        }
        return event;
    }

    private static ExportEvent ofFlow(Flow flow) {
        ExportEvent.Builder event = ExportEvent.newBuilder().setFlow(flow).setNodeName(flow.getNodeName());
        if (flow.hasTime()) {
            event.setTime(flow.getTime());
        }
        return event.build();
    }

    /** Whether a flow without an event around it was loaded. */
    public boolean isBareFlow() {
        return bareFlow;
    }

    /** The bytes that offsets refer to, with {@link #SLACK} bytes behind the last; valid until the next load. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many of the bytes are the event's. */
    public int length() {
        return length;
    }

    /** The set of present slots, 64 to a word; valid until the next scan, not to be changed. */
    public long[] present() {
        return present;
    }

    /** Numbers, and places packed as {@link WireFields} reads them, by slot; only for slots that are present. */
    public long[] values() {
        return values;
    }

    /** Whether a field is there: a message, even an empty one, or a scalar that was written, even as its default. */
    public boolean has(int slot) {
        return (present[slot >>> 6] & 1L << slot) != 0;
    }

    /** A scalar; 0 when it is not there. Booleans are 0 or 1, unsigned 32-bit numbers are never negative. */
    public long number(int slot) {
        return has(slot) ? values[slot] : 0;
    }

    /** Where the bytes of a string or message begin; meaningless when it is not there. */
    public int offset(int slot) {
        return WireFields.offset(values[slot]);
    }

    /** The number of bytes of a string or message; 0 when it is not there. */
    public int length(int slot) {
        return has(slot) ? WireFields.length(values[slot]) : 0;
    }

    /** The first element of a repeated field, or {@link WireFields#NONE}. */
    public long firstElement(int slot) {
        return has(slot) ? values[slot] : WireFields.NONE;
    }

    /** The element after another one, or {@link WireFields#NONE}. */
    public long nextElement(int slot, long element) {
        int position = WireFields.end(element);
        int limit = lastEnds[slot];
        while (position < limit) {
            int valueStart = Varint.end(bytes, position);
            int tag = (int) Varint.value(bytes, position, valueStart);
            if (tag == EventSchema.get().tag(slot)) {
                int start = Varint.end(bytes, valueStart);
                return WireFields.pack(start, (int) Varint.value(bytes, valueStart, start));
            }
            position = Skip.value(bytes, valueStart, limit, tag);
        }
        return WireFields.NONE;
    }

    /** Makes the slots below a repeated message tell of one of its elements. The scan has found it well-formed. */
    public void scanElement(int slot, long element) {
        clear(slot + 1, EventSchema.get().field(slot).subtreeEnd());
        EventScanner.element(this, slot, WireFields.offset(element), WireFields.end(element));
    }

    /** Where the last element of a repeated field ends: the bytes from the first one to here decide what they are. */
    public int elementsEnd(int slot) {
        return lastEnds[slot];
    }

    private void clear(int from, int to) {
        for (int slot = from; slot < to; slot++) {
            present[slot >>> 6] &= ~(1L << slot);
        }
    }

    private void setPresent(int slot) {
        present[slot >>> 6] |= 1L << slot;
    }
}
