import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
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
        int end = end(ordered, first);
        List<Place> members = ordered.subList(first, end);
        code.add("byte[] in = event.bytes;", "long[] values = event.values;");
        Place.words(members.stream().filter(Place::isMessage).toList())
                .forEach(word -> code.add("long descended" + word + " = event.descended[" + word + "];"));
        code.add("int at = start;", "long word = Words.get(in, at);");
        members.forEach(member -> member(member, slots));
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

    /** A list of texts begins a method: after other fields, the loop over them would find no registers free. */
    private static int end(List<Place> ordered, int first) {
        int end = first + 1;
        while (end < Math.min(first + MOST_FIELDS, ordered.size())
                && (!isTexts(ordered.get(end)) || isTexts(ordered.get(end - 1)))) {
            end++;
        }
        return end;
    }

    private static boolean isTexts(Place member) {
        return member.field.isRepeated() && member.isText();
    }

    private void member(Place member, Slots slots) {
        if (member.field.isRepeated()) {
            if (member.isMessage()) {
                elements(member, slots);
            } else {
                texts(member, slots);
            }
        } else if (member.isMessage()) {
            message(member, slots);
        } else if (member.isText()) {
            text(member, slots);
        } else {
            number(member, slots);
        }
    }

    private void number(Place member, Slots slots) {
        String type = isLong(member) ? "long" : "int";
        String tail = "word >> " + tagBits(member);
        code.add("if (" + matches(member) + ") { // " + member.path);
        code.add(type + " tail = " + (isLong(member) ? tail : "(int) (" + tail + ")") + ";");
        code.add(type + " number = tail & 0x7f;");
        code.add("int next = at + " + (tagBytesCount(member) + 1) + ";", "if ((tail & 0x80) != 0) {");
        code.add(type + " stop = Varint.stop(tail);", "number = Varint.value(tail, stop);");
        code.add("next = stop == 0 ? limit + 1 : at + " + tagBytesCount(member) + " + Varint.size(stop);", "}");
        code.add("if (next <= limit) {");
        code.add("values[" + member.slot + "] = " + value(member) + ";", slots.set(member));
        goToNext();
        code.add("}", "}");
    }

    /** What is kept of a number; one of less than 32 bits is itself, with a sign or without. */
    private static String value(Place member) {
        boolean isItself = !isLong(member) && member.field.getType() != FieldDescriptor.Type.BOOL;
        return isItself ? "number" : ScannerSource.value(member);
    }

    /** Whether it is to be expected to have more than the 28 bits of four bytes, as nanoseconds have. */
    private static boolean isLong(Place member) {
        return switch (member.field.getType()) {
            case BOOL, ENUM -> false;
            case INT64, UINT64 -> true;
            default -> member.field.getContainingType().getFullName().startsWith("google.protobuf.");
        };
    }

    /** If its length has one byte, which is tested together with the tag: nearly all texts are that short. */
    private void text(Place member, Slots slots) {
        int tagBits = tagBits(member);
        code.add("if (" + matches(member, 0x80L << tagBits) + ") { // " + member.path);
        code.add("int size = (int) (word >>> " + tagBits + ") & 0x7f;");
        code.add("int next = at + " + (tagBytesCount(member) + 1) + " + size;", "if (next <= limit) {");
        code.add(ScannerSource.place(member, "size"), slots.set(member));
        goToNext();
        code.add("}", "}");
    }

    private void message(Place member, Slots slots) {
        List<Place> rivals = member.rivals(slots.members);
        String alone = rivals.isEmpty() ? "" : " && !(" + slots.any(rivals) + ")";
        code.add("if (" + matches(member) + alone + ") { // " + member.path);
        bytes(member);
        code.add(ScannerSource.place(member, "size"), slots.set(member));
        descend(member);
        goToNext();
        code.add("}", "}");
    }

    /** Where the bytes of a message are, if their length has at most two bytes: longer ones are too long here. */
    private void bytes(Place member) {
        int tagBits = tagBits(member);
        code.add("int position = at + " + (tagBytesCount(member) + 1) + ";");
        code.add("int size = (int) (word >>> " + tagBits + ") & 0xff;", "if (size > 0x7f) {", "position++;");
        code.add("size = size & 0x7f | ((int) (word >>> " + (tagBits + Byte.SIZE) + ") & 0xff) << 7;");
        code.add("size = size > 0x3fff ? limit - position + 1 : size;", "}");
        code.add("int next = position + size;", "if (next <= limit) {");
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
        int head = tagBytesCount(member) + 1;
        code.add("values[" + member.slot + "] = WireFields.pack(at + " + head + " + size, size);");
        code.add("event.lastEnds[" + member.slot + "] = next;", slots.set(member));
        goToNext();
        code.add("}", "}");
    }

    private void descend(Place member) {
        if (member.isMessage()) {
            String repeats = member.path.equals("time") ? " && !event.repeatsFlowTime(position, size)" : "";
            code.add("if ((descended" + member.word() + " & " + member.bit() + ") != 0" + repeats + ") {");
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
        return matches(member, 0);
    }

    /** Whether the member's tag stands here, and some bits behind it are 0. */
    private static String matches(Place member, long noneOf) {
        long mask = (1L << tagBits(member)) - 1 | noneOf;
        return "(word & " + Place.bits(mask) + ") == 0x" + Integer.toHexString(tagBytes(member));
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
