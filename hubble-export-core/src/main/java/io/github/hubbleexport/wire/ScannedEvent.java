package io.github.hubbleexport.wire;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One event, as wire bytes or as a message, and, after {@link #scan()}, the wanted fields in their slots. Reused from event to
 * event; for one thread at a time. Slots hold what protobuf would have parsed: the last of several scalars, the last member of a
 * oneof. Slots outside the plan say nothing.
 */
public final class ScannedEvent {

    /** Bytes behind the event that may be read, and hold anything: eight-byte reads and varints need no check. */
    public static final int SLACK = 16;

    /** Where an event that is scanned ends at most: a scan adds lengths to positions before it looks whether that is too far. */
    static final int LARGEST_END = Integer.MAX_VALUE - 0xffff;

    static final int FLOW_SLOT = EventSchema.get().field("flow").slot();
    private static final int WORDS = EventSchema.get().words();
    private static final int FLOW_TIME_SLOT =
            EventSchema.get().field("flow.time").slot();
    private static final int TIME_SLOT = EventSchema.get().field("time").slot();
    private static final int INITIAL_BYTES = 4096;

    private final ScanPlan wholePlan;
    final long[] values = new long[EventSchema.get().size()];
    final int[] lastEnds = new int[EventSchema.get().size()];
    final long[] present = new long[WORDS];
    private byte[] own = new byte[INITIAL_BYTES];
    byte[] bytes = own;
    private ScanPlan plan;
    private long[] listened;
    long[] descended;
    private long[] numbers;
    private int start;
    private int length;
    private boolean bareFlow;
    private @Nullable MessageLite message;
    private @Nullable MessageSlots messageSlots;
    private @Nullable ExportEvent event;

    /**
     * Scratch for events of one plan.
     *
     * @param plan what scans look for
     */
    public ScannedEvent(ScanPlan plan) {
        this.wholePlan = requireNonNull(plan, "plan");
        use(wholePlan);
    }

    /**
     * Takes a copy of an event's wire bytes.
     *
     * @param bareFlow whether they are those of a {@code flow.Flow} without an event around it
     * @throws IndexOutOfBoundsException if the range lies outside the array
     */
    public void load(byte[] source, int offset, int count, boolean bareFlow) {
        System.arraycopy(source, offset, room(count), 0, count);
        loaded(own, 0, count, bareFlow);
    }

    /**
     * Looks at an event's wire bytes where they are, until {@link #release}; takes a copy if there are less than {@link #SLACK}
     * bytes behind them. Nobody may change the bytes meanwhile. Saves the copy; but the copy brings the bytes into the cache
     * sooner than a scan that steps over most of them.
     *
     * @param bareFlow whether they are those of a {@code flow.Flow} without an event around it
     * @throws IndexOutOfBoundsException if the range lies outside the array
     */
    public void borrow(byte[] source, int offset, int count, boolean bareFlow) {
        if (source.length - SLACK - offset < count) {
            load(source, offset, count, bareFlow);
        } else {
            loaded(source, Objects.checkFromIndexSize(offset, count, source.length), count, bareFlow);
        }
    }

    /** Takes a copy of what remains in a buffer, and leaves the buffer as it was. */
    public void load(ByteBuffer source, boolean bareFlow) {
        int count = source.remaining();
        source.get(source.position(), room(count), 0, count);
        loaded(own, 0, count, bareFlow);
    }

    /**
     * Takes a message; its slots are filled from its members.
     *
     * @param source an {@code ExportEvent}, a {@code GetFlowsResponse}, or a {@code flow.Flow} if {@code bareFlow}
     */
    public void load(MessageLite source, boolean bareFlow) {
        loaded(own, 0, 0, bareFlow);
        message = source;
    }

    /** Takes the event of another one, whose slots may be those of another plan. */
    public void load(ScannedEvent other) {
        if (other.message == null) {
            load(other.bytes, other.start, other.length, other.bareFlow);
        } else {
            load(other.message, other.bareFlow);
        }
    }

    /** Lets go of everything that was loaded. */
    public void release() {
        loaded(own, 0, 0, false);
    }

    private byte[] room(int count) {
        if (own.length - SLACK < count) {
            own = new byte[Math.addExact(Math.max(count, Math.min(2 * own.length, 1 << 26)), SLACK)];
        }
        return own;
    }

    private void loaded(byte[] source, int offset, int count, boolean isBareFlow) {
        bytes = source;
        start = offset;
        length = count;
        bareFlow = isBareFlow;
        message = null;
        event = null;
    }

    /** Fills the slots of the event's own plan. */
    public ScanResult scan() {
        return scan(wholePlan);
    }

    /** Fills the slots of another plan: a filter needs fewer of them than what comes after it. */
    public ScanResult scan(ScanPlan wanted) {
        if (wanted != plan) {
            use(wanted);
        }
        // A constant number of them: so few that there is no loop when this is compiled.
        for (int word = 0; word < WORDS; word++) {
            present[word] = 0;
        }
        if (message != null) {
            return scan(message, wanted);
        }
        if (start + length > LARGEST_END) {
            return ScanResult.NEEDS_PARSING;
        }
        if (bareFlow) {
            setPresent(FLOW_SLOT);
            values[FLOW_SLOT] = WireFields.pack(start + length, length);
            return EventScanner.flow(this, start, start + length);
        }
        return EventScanner.event(this, start, start + length);
    }

    private void use(ScanPlan wanted) {
        plan = wanted;
        listened = wanted.listened();
        descended = wanted.descended();
        numbers = wanted.numbers();
    }

    private ScanResult scan(MessageLite from, ScanPlan wanted) {
        if (messageSlots == null) {
            messageSlots = new MessageSlots(this);
        }
        messageSlots.take(from, wanted);
        bytes = messageSlots.bytes();
        length = messageSlots.length();
        return ScanResult.COMPLETE;
    }

    /** Whether the plan wants a message, or one that it would clear. For {@link EventScanner}. */
    boolean listens(int slot) {
        return contains(listened, slot);
    }

    /** Which fields of a message the plan wants to see, by number. For {@link EventScanner}. */
    long wanted(int message) {
        return numbers[message];
    }

    /**
     * Whether the event's time has the same bytes as that of its flow, as Hubble makes it. Then they are not read again: its
     * members are those of the other one. For {@link EventScanner}.
     */
    boolean repeatsFlowTime(int position, int size) {
        boolean mayBe = size >= Long.BYTES && size <= 2 * Long.BYTES && size == length(FLOW_TIME_SLOT);
        // The scan need not have seen all members of the flow's.
        if (!mayBe || (numbers[TIME_SLOT] & ~numbers[FLOW_TIME_SLOT]) != 0) {
            return false;
        }
        int other = offset(FLOW_TIME_SLOT);
        int last = size - Long.BYTES;
        if (Words.get(bytes, position) != Words.get(bytes, other)
                || Words.get(bytes, position + last) != Words.get(bytes, other + last)) {
            return false;
        }
        copy(FLOW_TIME_SLOT + 1, TIME_SLOT + 1);
        copy(FLOW_TIME_SLOT + 2, TIME_SLOT + 2);
        return true;
    }

    private void copy(int slot, int to) {
        values[to] = values[slot];
        present[to >>> 6] |= (present[slot >>> 6] >>> slot & 1) << to;
    }

    /** Whether the plan wants something in a message. For {@link EventScanner}. */
    boolean descends(int slot) {
        return contains(descended, slot);
    }

    /**
     * Parses the bytes, so that nothing has to be merged any more.
     *
     * @throws InvalidProtocolBufferException if protobuf-java cannot parse them
     */
    public void parse() throws InvalidProtocolBufferException {
        load(message(), bareFlow);
    }

    /**
     * The event, parsed.
     *
     * @return what was loaded, or an {@code ExportEvent} or {@code Flow}, if that was bytes
     * @throws InvalidProtocolBufferException if protobuf-java cannot parse the bytes
     */
    public MessageLite message() throws InvalidProtocolBufferException {
        return message != null
                ? message
                : (bareFlow ? Flow.parser() : ExportEvent.parser()).parseFrom(bytes, start, length);
    }

    /**
     * The event, parsed at the first call after a load and kept until the next. A bare flow comes with its own time and
     * node name as those of the event, which is how Hubble exports it.
     *
     * @throws InvalidProtocolBufferException if protobuf-java cannot parse the bytes
     */
    public ExportEvent event() throws InvalidProtocolBufferException {
        if (event == null) {
            event = asEvent(message());
        }
        return event;
    }

    private static ExportEvent asEvent(MessageLite message) throws InvalidProtocolBufferException {
        if (message instanceof Flow flow) {
            return ofFlow(flow);
        }
        // A response gives the same numbers to the same fields.
        return message instanceof ExportEvent event ? event : ExportEvent.parseFrom(message.toByteString());
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

    /** The bytes that offsets refer to, with {@link #SLACK} bytes behind the last; valid until the next scan or load. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes the texts and messages of the event have at most, after a scan. */
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
        return contains(present, slot);
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
        int wanted = EventSchema.get().tag(slot);
        if (position < limit && bytes[position] == wanted && bytes[position + 1] >= 0) {
            int size = bytes[position + 1];
            return WireFields.pack(position + 2 + size, size); // as labels nearly always are
        }
        while (position < limit) {
            int valueStart = Varint.end(bytes, position);
            int tag = (int) Varint.value(bytes, position, valueStart);
            if (tag == wanted) {
                int start = Varint.end(bytes, valueStart);
                int size = (int) Varint.value(bytes, valueStart, start);
                return WireFields.pack(start + size, size);
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

    private static boolean contains(long[] set, int slot) {
        return (set[slot >>> 6] & 1L << slot) != 0;
    }

    private void setPresent(int slot) {
        present[slot >>> 6] |= 1L << slot;
    }
}
