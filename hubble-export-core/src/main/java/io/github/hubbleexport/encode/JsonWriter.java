package io.github.hubbleexport.encode;

import static java.util.Objects.requireNonNullElse;

import io.github.hubbleexport.wire.EventSchema;
import io.github.hubbleexport.wire.FieldKind;
import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.WireFields;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Prints events by walking the slots that are both present and wanted, in ascending order, which is the order of
 * declaration. For one thread at a time.
 */
final class JsonWriter implements RecordWriter {

    private static final int NODE_NAME_SLOT =
            EventSchema.get().field("node_name").slot();
    private static final int TIME_SLOT = EventSchema.get().field("time").slot();
    private static final int FLOW_NODE_NAME_SLOT =
            EventSchema.get().field("flow.node_name").slot();
    private static final int FLOW_TIME_SLOT =
            EventSchema.get().field("flow.time").slot();

    private final JsonPlan plan;
    private final JsonField[] fields;
    private final long[] emitted;
    private final long[] alwaysForced;
    private final int[] gates;
    private final long[][] forcedBelow;

    /** Messages that are printed although the event does not have them. */
    private final long[] forced;

    private final byte[] defaultNodeName;
    private final int defaultNodeNameLength;
    private final int fixedBytes;
    private final TimestampText timestamps = new TimestampText();

    private byte[] out;
    private int at;
    private EncodeResult result = EncodeResult.DONE;

    JsonWriter(JsonPlan plan) {
        this.plan = plan;
        this.fields = plan.fields();
        this.emitted = plan.emittedWords();
        this.alwaysForced = plan.forcedWords();
        this.gates = plan.gates();
        this.forcedBelow = plan.forcedWordsBelow();
        this.forced = alwaysForced.clone();
        byte[] name = requireNonNullElse(plan.nodeName(), "").getBytes(StandardCharsets.UTF_8);
        this.defaultNodeName = Arrays.copyOf(name, name.length + ScannedEvent.SLACK);
        this.defaultNodeNameLength = name.length;
        this.fixedBytes = plan.fixedBytesOfEvent() + Fragment.SLACK;
        this.out = new byte[2 * fixedBytes];
    }

    @Override
    public EncodeResult write(ScannedEvent event) {
        at = 0;
        result = EncodeResult.DONE;
        if (gates.length > 0) {
            openGates(event);
        }
        room(0);
        out[at++] = '{';
        if (event.has(JsonPlan.FLOW_SLOT)) {
            writeMessage(event, fields[JsonPlan.FLOW_SLOT]);
            writeEnvelopeOfFlow(event);
        } else {
            writeMembers(event, fields[JsonPlan.FLOW_SLOT].subtreeEnd, NODE_NAME_SLOT);
            writeEnvelope(event, NODE_NAME_SLOT, TIME_SLOT, true);
        }
        close((byte) '}');
        out[at - 1] = '\n';
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
        return at;
    }

    private void writeEnvelopeOfFlow(ScannedEvent event) {
        boolean mayTellNode = plan.emitsFlowNodeName();
        if (plan.envelopeFollowsFlow(event.isBareFlow())) {
            writeEnvelope(event, FLOW_NODE_NAME_SLOT, FLOW_TIME_SLOT, mayTellNode);
        } else {
            writeEnvelope(event, NODE_NAME_SLOT, TIME_SLOT, mayTellNode);
        }
    }

    private void writeEnvelope(ScannedEvent event, int nodeNameSlot, int timeSlot, boolean mayTellNode) {
        JsonField nodeName = fields[NODE_NAME_SLOT];
        if (isPrinted(event, nodeNameSlot) && event.length(nodeNameSlot) > 0) {
            at = nodeName.name.write(out, at);
            writeText(event.bytes(), event.offset(nodeNameSlot), event.length(nodeNameSlot));
        } else if (mayTellNode && defaultNodeNameLength > 0) {
            at = nodeName.name.write(out, at);
            writeText(defaultNodeName, 0, defaultNodeNameLength);
        }
        if (isPrinted(event, timeSlot)) {
            at = fields[TIME_SLOT].name.write(out, at);
            writeTime(event, timeSlot);
        }
    }

    private void writeMembers(ScannedEvent event, int from, int to) {
        int slot = nextPrinted(event, from);
        while (slot < to) {
            JsonField field = fields[slot];
            writeMember(event, field);
            slot = nextPrinted(event, field.subtreeEnd);
        }
    }

    /** The first slot from one on that is printed; a large number when there is none. */
    private int nextPrinted(ScannedEvent event, int from) {
        long[] present = event.present();
        int word = from >>> 6;
        long bits = ((present[word] & emitted[word]) | forced[word]) & -1L << from;
        while (bits == 0) {
            if (++word == emitted.length) {
                return Integer.MAX_VALUE;
            }
            bits = (present[word] & emitted[word]) | forced[word];
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(bits);
    }

    private boolean isPrinted(ScannedEvent event, int slot) {
        int word = slot >>> 6;
        return (((event.present()[word] & emitted[word]) | forced[word]) & 1L << slot) != 0;
    }

    private void writeMember(ScannedEvent event, JsonField field) {
        if (field.repeated) {
            writeElements(event, field);
            return;
        }
        switch (field.kind) {
            case MESSAGE -> writeMessage(event, field);
            case STRING, BYTES -> writeString(event, field);
            case TIMESTAMP -> {
                at = field.name.write(out, at);
                writeTime(event, field.slot);
            }
            case WRAPPER -> writeWrapper(event, field);
            case ANY -> writeAny(event, field);
            default -> writeNumber(event.number(field.slot), field);
        }
    }

    private void writeMessage(ScannedEvent event, JsonField field) {
        at = field.name.write(out, at);
        writeMembers(event, field.slot + 1, field.subtreeEnd);
        close((byte) '}');
    }

    /** Ends an object or a list: in place of the comma after its last member, or right after its beginning. */
    private void close(byte bracket) {
        if (out[at - 1] == ',') {
            at--;
        }
        out[at] = bracket;
        out[at + 1] = ',';
        at += 2;
    }

    private void writeString(ScannedEvent event, JsonField field) {
        int length = event.length(field.slot);
        if (length > 0) {
            at = field.name.write(out, at);
            writeText(event.bytes(), event.offset(field.slot), length);
        }
    }

    /** A text whose opening quote stands there already. */
    private void writeText(byte[] in, int offset, int length) {
        room(JsonText.MAX_GROWTH * length);
        int end = JsonText.write(in, offset, length, out, at);
        if (end < 0) {
            result = EncodeResult.UNDECODABLE;
            end = at;
        }
        closeText(end);
    }

    private void closeText(int end) {
        out[end] = '"';
        out[end + 1] = ',';
        at = end + 2;
    }

    private void writeTime(ScannedEvent event, int slot) {
        long seconds = isPrinted(event, slot + 1) ? event.number(slot + 1) : 0;
        long nanos = isPrinted(event, slot + 2) ? event.number(slot + 2) : 0;
        int end = timestamps.write(seconds, nanos, out, at);
        if (end < 0) {
            result = EncodeResult.UNENCODABLE;
            end = at;
        }
        closeText(end);
    }

    private void writeWrapper(ScannedEvent event, JsonField field) {
        long value = event.number(field.firstChild);
        at = field.name.write(out, at);
        if (field.valueKind == FieldKind.BOOL) {
            at = (value == 0 ? JsonPlan.FALSE : JsonPlan.TRUE).write(out, at);
        } else {
            at = Decimal.signed(value, out, at);
        }
        out[at++] = ',';
    }

    private void writeNumber(long value, JsonField field) {
        if (value == 0) {
            return;
        }
        if (value > 0 && value < field.byNumber.length) {
            Fragment member = field.byNumber[(int) value];
            if (member != null) {
                at = member.write(out, at);
                return;
            }
        }
        at = field.name.write(out, at);
        switch (field.kind) {
            case INT64 -> closeText(Decimal.signed(value, out, at));
            case UINT64 -> closeText(Decimal.unsigned(value, out, at));
            default -> {
                at = Decimal.signed(value, out, at);
                out[at++] = ',';
            }
        }
    }

    private void writeElements(ScannedEvent event, JsonField field) {
        at = field.name.write(out, at);
        boolean messages = field.kind == FieldKind.MESSAGE;
        long element = event.firstElement(field.slot);
        while (element != WireFields.NONE) {
            if (messages) {
                writeElement(event, field, element);
            } else {
                out[at++] = '"';
                writeText(event.bytes(), WireFields.offset(element), WireFields.length(element));
            }
            element = event.nextElement(field.slot, element);
        }
        close((byte) ']');
    }

    private void writeElement(ScannedEvent event, JsonField field, long element) {
        room(0);
        event.scanElement(field.slot, element);
        out[at++] = '{';
        writeMembers(event, field.slot + 1, field.subtreeEnd);
        close((byte) '}');
    }

    /** Rare, so it may build objects: only extensions of a flow are of any type. */
    private void writeAny(ScannedEvent event, JsonField field) {
        boolean withType = isPrinted(event, field.firstChild);
        byte[] json = AnyJson.print(event, field.firstChild, withType, isPrinted(event, field.firstChild + 1));
        at = field.name.write(out, at);
        if (json == null) {
            result = EncodeResult.UNENCODABLE;
            return;
        }
        room(json.length);
        System.arraycopy(json, 0, out, at, json.length);
        at += json.length;
        out[at++] = ',';
    }

    /** Makes room for this many bytes, and all that an event needs apart from text and elements. */
    private void room(int bytes) {
        if (out.length - at - fixedBytes < bytes) {
            out = Arrays.copyOf(out, Math.addExact(Math.max(2 * out.length, at + bytes), fixedBytes));
        }
    }
}
