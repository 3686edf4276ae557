package io.github.hubbleexport.encode;

import static java.util.Objects.requireNonNullElse;

import io.github.hubbleexport.wire.EventSchema;
import io.github.hubbleexport.wire.FieldKind;
import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.WireFields;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Prints events: the envelope, and what {@link EventPrinter} needs for the members of its objects. For one thread at a
 * time.
 */
final class JsonWriter implements RecordWriter {

    private static final int WORDS = EventSchema.get().words();
    private static final int NODE_NAME_SLOT =
            EventSchema.get().field("node_name").slot();
    private static final int TIME_SLOT = EventSchema.get().field("time").slot();
    private static final int FLOW_NODE_NAME_SLOT =
            EventSchema.get().field("flow.node_name").slot();
    private static final int FLOW_TIME_SLOT =
            EventSchema.get().field("flow.time").slot();

    private final JsonPlan plan;
    final JsonField[] fields;
    private final long[] emitted;
    private final long[] alwaysForced;
    private final int[] gates;
    private final long[][] forcedBelow;

    /** Messages that are printed although the event does not have them. */
    private final long[] forced;

    /** Which slots are printed, 64 to a word: those that are there and wanted, and those that are printed in any case. */
    final long[] printed;

    private final byte[] defaultNodeName;
    private final int defaultNodeNameLength;
    private final int fixedBytes;
    private final TimestampText timestamps = new TimestampText();
    private final ListCache lists = new ListCache();
    private final EndpointCache endpoints = new EndpointCache();

    byte[] out;
    private int length;
    private EncodeResult result = EncodeResult.DONE;

    JsonWriter(JsonPlan plan) {
        this.plan = plan;
        this.fields = plan.fields();
        this.emitted = plan.emittedWords();
        this.alwaysForced = plan.forcedWords();
        this.gates = plan.gates();
        this.forcedBelow = plan.forcedWordsBelow();
        this.forced = alwaysForced.clone();
        this.printed = new long[WORDS];
        byte[] name = requireNonNullElse(plan.nodeName(), "").getBytes(StandardCharsets.UTF_8);
        this.defaultNodeName = Arrays.copyOf(name, name.length + ScannedEvent.SLACK);
        this.defaultNodeNameLength = name.length;
        this.fixedBytes = plan.fixedBytesOfEvent() + Fragment.SLACK;
        this.out = new byte[2 * fixedBytes];
    }

    @Override
    public EncodeResult write(ScannedEvent event) {
        result = EncodeResult.DONE;
        if (gates.length > 0) {
            openGates(event);
        }
        choosePrinted(event);
        room(0, JsonText.MAX_GROWTH * event.length());
        out[0] = '{';
        int at = EventPrinter.event(this, event, 1);
        at = closeObject(out, 1, at);
        out[at - 1] = '\n';
        length = at;
        return result;
    }

    private void openGates(ScannedEvent event) {
        System.arraycopy(alwaysForced, 0, forced, 0, forced.length);
        for (int gate = 0; gate < gates.length; gate++) {
            if (event.has(gates[gate])) {
                for (int word = 0; word < forced.length; word++) {
                    forced[word] |= forcedBelow[gate][word];
                }
            }
        }
    }

    @Override
    public byte[] bytes() {
        return out;
    }

    @Override
    public int length() {
        return length;
    }

    /** The node name and the time that every event ends in. */
    int envelope(ScannedEvent event, int start) {
        boolean isFlow = event.has(JsonPlan.FLOW_SLOT);
        boolean followsFlow = isFlow && plan.envelopeFollowsFlow(event.isBareFlow());
        int nodeNameSlot = followsFlow ? FLOW_NODE_NAME_SLOT : NODE_NAME_SLOT;
        int timeSlot = followsFlow ? FLOW_TIME_SLOT : TIME_SLOT;
        int at = start;
        JsonField nodeName = fields[NODE_NAME_SLOT];
        if (isPrinted(nodeNameSlot) && event.length(nodeNameSlot) > 0) {
            room(at, JsonText.MAX_GROWTH * event.length(nodeNameSlot));
            at = text(event, event.values()[nodeNameSlot], out, at, nodeName.name.write(out, at));
        } else if (defaultNodeNameLength > 0 && (!isFlow || plan.emitsFlowNodeName())) {
            at = quoted(defaultNodeName, 0, defaultNodeNameLength, out, nodeName.name.write(out, at));
        }
        if (isPrinted(timeSlot)) {
            at = time(event, timeSlot, fields[TIME_SLOT].name.write(out, at));
        }
        return at;
    }

    private void choosePrinted(ScannedEvent event) {
        long[] present = event.present();
        // A constant number of them: so few that there is no loop when this is compiled.
        for (int word = 0; word < WORDS; word++) {
            printed[word] = (present[word] & emitted[word]) | forced[word];
        }
    }

    private boolean isPrinted(int slot) {
        return (printed[slot >>> 6] & 1L << slot) != 0;
    }

    // From here on, methods take the position to write at and return the one after what they wrote: the position then
    // lives in a register, not in a field.

    /** Ends an object whose members began at {@code inside}: in place of the comma after the last, if there is one. */
    static int closeObject(byte[] out, int inside, int at) {
        return close((byte) '}', out, inside, at);
    }

    private static int close(byte bracket, byte[] out, int inside, int at) {
        int end = at == inside ? at : at - 1;
        out[end] = bracket;
        out[end + 1] = ',';
        return end + 2;
    }

    /** A text behind the name of its member; an empty one takes the name back. */
    int text(ScannedEvent event, long value, byte[] to, int before, int at) {
        int size = WireFields.length(value);
        return size == 0 ? before : quoted(event.bytes(), WireFields.offset(value), size, to, at);
    }

    /** A text whose opening quote stands there already. */
    private int quoted(byte[] in, int offset, int size, byte[] to, int at) {
        int end = JsonText.write(in, offset, size, to, at);
        if (end < 0) {
            result = EncodeResult.UNDECODABLE;
            return JsonText.close(to, at);
        }
        return end;
    }

    /** A time whose opening quote stands there already. */
    int time(ScannedEvent event, int slot, int at) {
        // Only messages are printed without being there.
        long seconds = isPrinted(slot + 1) ? event.values()[slot + 1] : 0;
        long nanos = isPrinted(slot + 2) ? event.values()[slot + 2] : 0;
        int end = timestamps.write(seconds, nanos, out, at);
        if (end < 0) {
            result = EncodeResult.UNENCODABLE;
            return JsonText.close(out, at);
        }
        return JsonText.close(out, end);
    }

    /** The value of a message that wraps one, behind the name of its member. */
    int wrapper(ScannedEvent event, JsonField field, int start) {
        long value = event.number(field.firstChild);
        if (field.valueKind == FieldKind.BOOL) {
            return (value == 0 ? JsonPlan.FALSE : JsonPlan.TRUE).write(out, start);
        }
        int at = Decimal.signed(value, out, start);
        out[at] = ',';
        return at + 1;
    }

    /** An enum, behind the name of its member: one run of bytes for each value that has a name. */
    static int named(JsonField field, long value, byte[] to, int before, int at) {
        Fragment name = value > 0 && value < field.byNumber.length ? field.byNumber[(int) value] : null;
        return name == null ? number(value, to, before, at) : name.write(to, at);
    }

    /** A number of 32 bits behind the name of its member; 0 takes the name back. */
    static int number(long value, byte[] to, int before, int start) {
        if (value == 0) {
            return before;
        }
        int at = Decimal.signed(value, to, start);
        to[at] = ',';
        return at + 1;
    }

    /** A number of 64 bits, which is a text, behind its opening quote. */
    static int signed(long value, byte[] to, int before, int at) {
        return value == 0 ? before : JsonText.close(to, Decimal.signed(value, to, at));
    }

    /** A number of 64 bits without a sign. */
    static int unsigned(long value, byte[] to, int before, int at) {
        return value == 0 ? before : JsonText.close(to, Decimal.unsigned(value, to, at));
    }

    int list(ScannedEvent event, JsonField field, int at) {
        return field.op == JsonField.RECURRING ? recurring(event, field, at) : elements(event, field, at);
    }

    /** A list that was printed before, if its bytes are the same; else prints it and keeps the print. */
    private int recurring(ScannedEvent event, JsonField field, int at) {
        byte[] bytes = event.bytes();
        long firstElement = event.values()[field.slot];
        int offset = WireFields.offset(firstElement);
        int size = event.elementsEnd(field.slot) - offset;
        long kind = ListCache.kind(field.type, WireFields.length(firstElement));
        PrintedBytes known = lists.find(kind, bytes, offset, size);
        if (known != null) {
            room(at, JsonText.MAX_GROWTH * event.length() + known.length());
            return known.write(out, at);
        }
        int end = elements(event, field, at);
        if (result == EncodeResult.DONE) {
            lists.put(kind, bytes, offset, size, out, at, end);
        }
        return end;
    }

    private int elements(ScannedEvent event, JsonField field, int start) {
        int inside = field.name.write(out, start);
        int at = inside;
        boolean messages = field.kind == FieldKind.MESSAGE;
        long element = event.firstElement(field.slot);
        while (element != WireFields.NONE) {
            if (messages) {
                at = element(event, field, element, at);
            } else {
                room(at, JsonText.MAX_GROWTH * event.length());
                out[at] = '"';
                at = quoted(event.bytes(), WireFields.offset(element), WireFields.length(element), out, at + 1);
            }
            element = event.nextElement(field.slot, element);
        }
        return close((byte) ']', out, inside, at);
    }

    private int element(ScannedEvent event, JsonField field, long element, int at) {
        room(at, JsonText.MAX_GROWTH * event.length());
        event.scanElement(field.slot, element);
        choosePrinted(event);
        out[at] = '{';
        int end = EventPrinter.element(this, event, field.slot, at + 1);
        return closeObject(out, at + 1, end);
    }

    /** What an endpoint was printed as before, or null; with room for it. */
    EndpointCache.@Nullable Printed endpoint(ScannedEvent event, int slot, int at) {
        EndpointCache.Printed known = endpoints.find(event, slot);
        if (known != null) {
            room(at, JsonText.MAX_GROWTH * event.length() + known.length());
        }
        return known;
    }

    /** Keeps the print of an endpoint for the next event. */
    void keepEndpoint(ScannedEvent event, int slot, int start, int nameStart, int nameEnd, int end) {
        if (result == EncodeResult.DONE) {
            endpoints.put(event, slot, out, start, nameStart, nameEnd, end);
        }
    }

    /** Rare, so it may build objects: only extensions of a flow are of any type. */
    int any(ScannedEvent event, int slot, int at) {
        byte[] json = AnyJson.print(event, slot + 1, isPrinted(slot + 1), isPrinted(slot + 2));
        if (json == null) {
            result = EncodeResult.UNENCODABLE;
            return at;
        }
        room(at, JsonText.MAX_GROWTH * event.length() + json.length);
        System.arraycopy(json, 0, out, at, json.length);
        out[at + json.length] = ',';
        return at + json.length + 1;
    }

    /** Makes room for this many bytes, and for all that an event needs apart from its texts and elements. */
    private void room(int at, int bytes) {
        if (out.length - at - fixedBytes < bytes) {
            out = Arrays.copyOf(out, Math.addExact(Math.max(2 * out.length, at + bytes), fixedBytes));
        }
    }
}
