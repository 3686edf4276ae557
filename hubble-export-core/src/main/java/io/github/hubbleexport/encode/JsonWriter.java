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
    private final ListCache lists = new ListCache();

    private byte[] out;
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
        room(0, JsonText.MAX_GROWTH * event.length());
        out[0] = '{';
        int at = 1;
        if (event.has(JsonPlan.FLOW_SLOT)) {
            at = writeMessage(event, fields[JsonPlan.FLOW_SLOT], at);
            at = writeEnvelopeOfFlow(event, at);
        } else {
            at = writeMembers(event, fields[JsonPlan.FLOW_SLOT].subtreeEnd, NODE_NAME_SLOT, at);
            at = writeEnvelope(event, NODE_NAME_SLOT, TIME_SLOT, true, at);
        }
        at = close((byte) '}', at);
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

    private int writeEnvelopeOfFlow(ScannedEvent event, int at) {
        boolean mayTellNode = plan.emitsFlowNodeName();
        return plan.envelopeFollowsFlow(event.isBareFlow())
                ? writeEnvelope(event, FLOW_NODE_NAME_SLOT, FLOW_TIME_SLOT, mayTellNode, at)
                : writeEnvelope(event, NODE_NAME_SLOT, TIME_SLOT, mayTellNode, at);
    }

    private int writeEnvelope(ScannedEvent event, int nodeNameSlot, int timeSlot, boolean mayTellNode, int start) {
        int at = start;
        JsonField nodeName = fields[NODE_NAME_SLOT];
        if (isPrinted(event, nodeNameSlot) && event.length(nodeNameSlot) > 0) {
            room(at, JsonText.MAX_GROWTH * event.length(nodeNameSlot));
            at = nodeName.name.write(out, at);
            at = writeText(event.bytes(), event.offset(nodeNameSlot), event.length(nodeNameSlot), at);
        } else if (mayTellNode && defaultNodeNameLength > 0) {
            at = nodeName.name.write(out, at);
            at = writeText(defaultNodeName, 0, defaultNodeNameLength, at);
        }
        if (isPrinted(event, timeSlot)) {
            at = fields[TIME_SLOT].name.write(out, at);
            at = writeTime(event, timeSlot, at);
        }
        return at;
    }

    // From here on, methods take the position to write at and return the one after what they wrote: the position then
    // lives in a register, not in a field.

    private int writeMembers(ScannedEvent event, int from, int to, int start) {
        long[] present = event.present();
        int at = start;
        int slot = nextPrinted(present, from);
        while (slot < to) {
            JsonField field = fields[slot];
            at = writeMember(event, field, at);
            slot = nextPrinted(present, field.subtreeEnd);
        }
        return at;
    }

    /** The first slot from one on that is printed; a large number when there is none. */
    private int nextPrinted(long[] present, int from) {
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

    private int writeMember(ScannedEvent event, JsonField field, int at) {
        long value = event.values()[field.slot];
        return switch (field.op) {
            case JsonField.TEXT -> writeString(event, field, value, at);
            case JsonField.NUMBER -> writeNumber(field, value, at);
            case JsonField.NAMED -> writeNamed(field, value, at);
            case JsonField.MESSAGE -> writeMessage(event, field, at);
            case JsonField.RECURRING -> writeRecurring(event, field, at);
            default -> writeOther(event, field, at);
        };
    }

    private int writeOther(ScannedEvent event, JsonField field, int at) {
        return switch (field.op) {
            case JsonField.TIME -> writeTime(event, field.slot, field.name.write(out, at));
            case JsonField.WRAPPED -> writeWrapper(event, field, at);
            case JsonField.LIST -> writeElements(event, field, at);
            default -> writeAny(event, field, at);
        };
    }

    private int writeMessage(ScannedEvent event, JsonField field, int at) {
        int members = field.name.write(out, at);
        return close((byte) '}', writeMembers(event, field.slot + 1, field.subtreeEnd, members));
    }

    /** Ends an object or a list: in place of the comma after its last member, or right after its beginning. */
    private int close(byte bracket, int at) {
        int end = out[at - 1] == ',' ? at - 1 : at;
        out[end] = bracket;
        out[end + 1] = ',';
        return end + 2;
    }

    private int writeString(ScannedEvent event, JsonField field, long value, int at) {
        int size = WireFields.length(value);
        return size == 0 ? at : writeText(event.bytes(), WireFields.offset(value), size, field.name.write(out, at));
    }

    /** A text whose opening quote stands there already. */
    private int writeText(byte[] in, int offset, int size, int at) {
        int end = JsonText.write(in, offset, size, out, at);
        if (end < 0) {
            result = EncodeResult.UNDECODABLE;
            return closeText(at);
        }
        return closeText(end);
    }

    private int closeText(int end) {
        out[end] = '"';
        out[end + 1] = ',';
        return end + 2;
    }

    private int writeTime(ScannedEvent event, int slot, int at) {
        long seconds = isPrinted(event, slot + 1) ? event.number(slot + 1) : 0;
        long nanos = isPrinted(event, slot + 2) ? event.number(slot + 2) : 0;
        int end = timestamps.write(seconds, nanos, out, at);
        if (end < 0) {
            result = EncodeResult.UNENCODABLE;
            return closeText(at);
        }
        return closeText(end);
    }

    private int writeWrapper(ScannedEvent event, JsonField field, int start) {
        long value = event.number(field.firstChild);
        int at = field.name.write(out, start);
        if (field.valueKind == FieldKind.BOOL) {
            at = (value == 0 ? JsonPlan.FALSE : JsonPlan.TRUE).write(out, at);
        } else {
            at = Decimal.signed(value, out, at);
        }
        out[at] = ',';
        return at + 1;
    }

    /** A boolean or an enum: one run of bytes for each value that has a name. */
    private int writeNamed(JsonField field, long value, int at) {
        if (value == 0) {
            return at;
        }
        Fragment member = value > 0 && value < field.byNumber.length ? field.byNumber[(int) value] : null;
        return member == null ? writeNumber(field, value, at) : member.write(out, at);
    }

    private int writeNumber(JsonField field, long value, int start) {
        if (value == 0) {
            return start;
        }
        int at = field.name.write(out, start);
        if (field.kind == FieldKind.UINT64) {
            return closeText(Decimal.unsigned(value, out, at));
        }
        at = Decimal.signed(value, out, at);
        if (field.kind == FieldKind.INT64) {
            return closeText(at);
        }
        out[at] = ',';
        return at + 1;
    }

    /** A list that was printed before, if its bytes are the same; else prints it and keeps the print. */
    private int writeRecurring(ScannedEvent event, JsonField field, int at) {
        int offset = event.offset(field.slot);
        int size = event.elementsEnd(field.slot) - offset;
        long hash = ListCache.hash(field.type, event.length(field.slot), event.bytes(), offset, size);
        int place = lists.find(hash, event.bytes(), offset, size);
        if (place >= 0) {
            room(at, JsonText.MAX_GROWTH * event.length() + lists.textLength(place));
            return lists.write(place, out, at);
        }
        int end = writeElements(event, field, at);
        if (result == EncodeResult.DONE) {
            lists.put(hash, event.bytes(), offset, size, out, at, end);
        }
        return end;
    }

    private int writeElements(ScannedEvent event, JsonField field, int start) {
        int at = field.name.write(out, start);
        boolean messages = field.kind == FieldKind.MESSAGE;
        long element = event.firstElement(field.slot);
        while (element != WireFields.NONE) {
            if (messages) {
                at = writeElement(event, field, element, at);
            } else {
                room(at, JsonText.MAX_GROWTH * event.length());
                out[at] = '"';
                at = writeText(event.bytes(), WireFields.offset(element), WireFields.length(element), at + 1);
            }
            element = event.nextElement(field.slot, element);
        }
        return close((byte) ']', at);
    }

    private int writeElement(ScannedEvent event, JsonField field, long element, int at) {
        room(at, JsonText.MAX_GROWTH * event.length());
        event.scanElement(field.slot, element);
        out[at] = '{';
        return close((byte) '}', writeMembers(event, field.slot + 1, field.subtreeEnd, at + 1));
    }

    /** Rare, so it may build objects: only extensions of a flow are of any type. */
    private int writeAny(ScannedEvent event, JsonField field, int start) {
        boolean withType = isPrinted(event, field.firstChild);
        byte[] json = AnyJson.print(event, field.firstChild, withType, isPrinted(event, field.firstChild + 1));
        int at = field.name.write(out, start);
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
