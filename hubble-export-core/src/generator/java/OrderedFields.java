import com.google.protobuf.Descriptors.Descriptor;
import java.util.Comparator;
import java.util.List;

/**
 * The scan of a message whose fields come in the order of their numbers, which is how encoders write them: straight through,
 * with one comparison for each field that there can be, instead of finding out for each field that comes which one it is. What
 * it does not know it leaves, with all that follows, to a loop that knows everything.
 */
final class OrderedFields {

    /** With more of them, the compiler of the JVM would stop to inline what reads them. */
    private static final int MOST_FIELDS = 12;

    private final Code code;

    OrderedFields(Code code) {
        this.code = code;
    }

    /** The method that goes on where this scan ends. */
    static String rest(String method) {
        return method + "_rest";
    }

    /** The end of all texts from a position on that have the member's tag. */
    static String run(Place member, String position) {
        return "Skip.run(in, " + position + ", limit, " + tagBits(member) + ", " + tagBytes(member) + ")";
    }

    void message(String method, Descriptor type, Slots slots) {
        List<Place> ordered = slots.members.stream()
                .sorted(Comparator.comparingInt(Place::tag))
                .toList();
        code.add("", "/** {@code " + type.getFullName() + "}. */");
        code.add("static ScanResult " + method + "(ScannedEvent event, int start, int limit) {");
        slots.variables().forEach(variable -> code.add(variable + " = 0;"));
        part(method, ordered, 0, slots);
    }

    /** The fields from one on, and the end of the method that has begun; those that are too many get one of their own. */
    private void part(String method, List<Place> ordered, int first, Slots slots) {
        int end = Math.min(first + MOST_FIELDS, ordered.size());
        code.add("byte[] in = event.bytes;", "long[] values = event.values;");
        code.add("int at = start;", "long word = Words.get(in, at);");
        ordered.subList(first, end).forEach(member -> member(member, slots));
        String arguments = "(event, at, limit, " + String.join(", ", slots.names()) + ");";
        if (end < ordered.size()) {
            String next = method + "_from_" + ordered.get(end).field.getName();
            code.add("return " + next + arguments, "}");
            code.add("", "private static ScanResult " + next + "(");
            code.add("ScannedEvent event, int start, int limit, " + String.join(", ", slots.variables()) + ") {");
            part(method, ordered, end, slots);
            return;
        }
        code.add("if (at != limit) {", "return " + rest(method) + arguments, "}");
        slots.store().forEach(code::add);
        code.add("return ScanResult.COMPLETE;", "}");
    }

    private void member(Place member, Slots slots) {
        if (member.field.isRepeated()) {
            if (member.isMessage()) {
                elements(member, slots);
            } else {
                texts(member, slots);
            }
        } else if (member.isMessage() || member.isText()) {
            single(member, slots);
        } else {
            number(member, slots);
        }
    }

    private void number(Place member, Slots slots) {
        String value = "word >> " + tagBits(member);
        code.add("if (" + matches(member) + ") { // " + member.path);
        code.add("long tail = " + value + ";", "long number = tail & 0x7f;");
        code.add("int next = at + " + (tagBytesCount(member) + 1) + ";", "if ((tail & 0x80) != 0) {");
        code.add("long stop = Varint.stop(tail);", "number = Varint.value(tail, stop);");
        code.add("next = stop == 0 ? limit + 1 : at + " + tagBytesCount(member) + " + Varint.size(stop);", "}");
        code.add("if (next <= limit) {");
        code.add("values[" + member.slot + "] = " + ScannerSource.value(member) + ";", slots.set(member));
        goToNext();
        code.add("}", "}");
    }

    private void single(Place member, Slots slots) {
        List<Place> rivals = member.rivals(slots.members);
        String alone = rivals.isEmpty() ? "" : " && !(" + slots.any(rivals) + ")";
        code.add("if (" + matches(member) + alone + ") { // " + member.path);
        bytes(member);
        code.add(ScannerSource.place(member, "size"), slots.set(member));
        descend(member);
        goToNext();
        code.add("}", "}");
    }

    /** Where the bytes of a text or message are, if their length has at most two bytes: longer ones are too long here. */
    private void bytes(Place member) {
        int tagBits = tagBits(member);
        code.add("int position = at + " + (tagBytesCount(member) + 1) + ";");
        code.add("int size = (int) (word >>> " + tagBits + ") & 0xff;", "if (size > 0x7f) {", "position++;");
        code.add("size = size & 0x7f | ((int) (word >>> " + (tagBits + Byte.SIZE) + ") & 0xff) << 7;");
        code.add("size = size > 0x3fff ? Integer.MAX_VALUE : size;", "}");
        code.add("if (size <= limit - position) {", "int next = position + size;");
    }

    private void elements(Place member, Slots slots) {
        code.add("while (" + matches(member) + ") { // " + member.path);
        bytes(member);
        code.add("if (!(" + slots.has(member) + ")) {");
        code.add(ScannerSource.place(member, "size"), "}", slots.set(member));
        descend(member);
        goToNext();
        code.add("event.lastEnds[" + member.slot + "] = at;", "} else {", "break;", "}", "}");
    }

    private void texts(Place member, Slots slots) {
        code.add("if (" + matches(member) + ") { // " + member.path);
        code.add("int next = " + run(member, "at") + ";", "if (next > at) {");
        code.add("int size = (int) (word >>> " + tagBits(member) + ") & 0x7f;");
        code.add("values[" + member.slot + "] = WireFields.pack(at + " + (tagBytesCount(member) + 1) + ", size);");
        code.add("event.lastEnds[" + member.slot + "] = next;", slots.set(member));
        goToNext();
        code.add("}", "}");
    }

    private void descend(Place member) {
        if (member.isMessage()) {
            code.add("if (event.descends(" + member.slot + ")) {");
            enter(member);
            code.add("}");
        }
    }

    /** Scans a message between {@code position} and {@code next}. */
    void enter(Place member) {
        code.add("ScanResult inner = " + member.method() + "(event, position, next);");
        code.add("if (inner != ScanResult.COMPLETE) {", "return inner;", "}");
    }

    private void goToNext() {
        code.add("at = next;", "word = Words.get(in, at);");
    }

    private static String matches(Place member) {
        String mask = "0x" + Integer.toHexString(-1 >>> Integer.SIZE - tagBits(member));
        return "(word & " + mask + ") == 0x" + Integer.toHexString(tagBytes(member));
    }

    private static int tagBits(Place member) {
        return Byte.SIZE * tagBytesCount(member);
    }

    private static int tagBytesCount(Place member) {
        int tag = member.tag();
        return tag < 1 << 7 ? 1 : tag < 1 << 14 ? 2 : 3;
    }

    /** The tag as it is read from the wire, its first byte in the lowest bits. */
    private static int tagBytes(Place member) {
        int tag = member.tag();
        return switch (tagBytesCount(member)) {
            case 1 -> tag;
            case 2 -> tag & 0x7f | 0x80 | tag >>> 7 << 8;
            default -> tag & 0x7f | 0x80 | (tag >>> 7 & 0x7f | 0x80) << 8 | tag >>> 14 << 16;
        };
    }
}
