import com.google.protobuf.Descriptors.Descriptor;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The scan of a message whose fields come in the order of their numbers, which is how encoders write them: straight through,
 * with one comparison for each field that there can be, instead of finding out for each field that comes which one it is. What
 * it does not know it leaves, with all that follows, to a loop that knows everything.
 */
final class OrderedFields {

    private final Code code;

    OrderedFields(Code code) {
        this.code = code;
    }

    /** The method that goes on where this scan ends. */
    static String rest(String name) {
        return name + "_rest";
    }

    /** The end of all texts from a position on that have the member's tag. */
    static String run(Place member, String position) {
        return "Skip.run(in, " + position + ", limit, " + tagBits(member) + ", " + tagBytes(member) + ")";
    }

    void message(String name, Descriptor type, List<Place> members) {
        code.add("", "/** {@code " + type.getFullName() + "}. */");
        code.add("static ScanResult " + name + "(ScannedEvent event, int start, int limit) {");
        code.add("byte[] in = event.bytes;", "long[] values = event.values;");
        Place.words(members).forEach(word -> code.add("long p" + word + " = 0;"));
        code.add("int at = start;", "long word = Words.get(in, at);");
        members.stream().sorted(Comparator.comparingInt(Place::tag)).forEach(member -> member(member, members));
        code.add("if (at != limit) {");
        String words = Place.words(members).stream().map(word -> ", p" + word).collect(Collectors.joining());
        code.add("return " + rest(name) + "(event, at, limit" + words + ");", "}");
        Place.words(members).forEach(word -> code.add("event.present[" + word + "] |= p" + word + ";"));
        code.add("return ScanResult.COMPLETE;", "}");
    }

    private void member(Place member, List<Place> siblings) {
        if (member.field.isRepeated()) {
            if (member.isMessage()) {
                elements(member);
            } else {
                texts(member);
            }
        } else if (member.isMessage() || member.isText()) {
            single(member, siblings);
        } else {
            number(member);
        }
    }

    private void number(Place member) {
        String value = "word >> " + tagBits(member);
        code.add("if (" + matches(member) + ") { // " + member.path);
        code.add("long tail = " + value + ";", "long number = tail & 0x7f;");
        code.add("int next = at + " + (tagBytesCount(member) + 1) + ";", "if ((tail & 0x80) != 0) {");
        code.add("long stop = Varint.stop(tail);", "number = Varint.value(tail, stop);");
        code.add("next = stop == 0 ? limit + 1 : at + " + tagBytesCount(member) + " + Varint.size(stop);", "}");
        code.add("if (next <= limit) {");
        code.add("values[" + member.slot + "] = " + ScannerSource.value(member) + ";", ScannerSource.present(member));
        goTo("next");
        code.add("}", "}");
    }

    private void single(Place member, List<Place> siblings) {
        List<Place> rivals = member.rivals(siblings);
        String alone = rivals.isEmpty() ? "" : " && !(" + Place.any(rivals) + ")";
        code.add("if (" + matches(member) + alone + ") { // " + member.path);
        bytes(member);
        code.add("values[" + member.slot + "] = WireFields.pack(from, size);", ScannerSource.present(member));
        descend(member);
        goTo("from + size");
        code.add("}", "}");
    }

    /** Where the bytes of a text or message are, if their length has at most two bytes. */
    private void bytes(Place member) {
        int tagBits = tagBits(member);
        code.add("int from = at + " + (tagBytesCount(member) + 1) + ";");
        code.add("int size = (int) (word >>> " + tagBits + ") & 0xff;", "if (size > 0x7f) {");
        code.add("size = size & 0x7f | (byte) (word >>> " + (tagBits + Byte.SIZE) + ") << 7;", "from++;", "}");
        code.add("if (size >= 0 && size <= limit - from) {");
    }

    private void elements(Place member) {
        code.add("while (" + matches(member) + ") { // " + member.path);
        bytes(member);
        code.add("if ((p" + member.word() + " & " + member.bit() + ") == 0) {");
        code.add("values[" + member.slot + "] = WireFields.pack(from, size);", "}", ScannerSource.present(member));
        descend(member);
        goTo("from + size");
        code.add("event.lastEnds[" + member.slot + "] = at;", "} else {", "break;", "}", "}");
    }

    private void texts(Place member) {
        code.add("if (" + matches(member) + ") { // " + member.path);
        code.add("int next = " + run(member, "at") + ";", "if (next > at) {");
        code.add("int size = (int) (word >>> " + tagBits(member) + ") & 0x7f;");
        code.add("values[" + member.slot + "] = WireFields.pack(at + " + (tagBytesCount(member) + 1) + ", size);");
        code.add("event.lastEnds[" + member.slot + "] = next;", ScannerSource.present(member));
        goTo("next");
        code.add("}", "}");
    }

    private void descend(Place member) {
        if (member.isMessage()) {
            code.add("if (event.descends(" + member.word() + ", " + member.bit() + ")) {");
            code.add("ScanResult inner = " + member.method() + "(event, from, from + size);");
            code.add("if (inner != ScanResult.COMPLETE) {", "return inner;", "}", "}");
        }
    }

    private void goTo(String position) {
        code.add("at = " + position + ";", "word = Words.get(in, at);");
    }

    private static String matches(Place member) {
        return switch (tagBytesCount(member)) {
            case 1 -> "(byte) word == " + (byte) tagBytes(member);
            case 2 -> "(short) word == " + (short) tagBytes(member);
            default -> "((int) word & 0xffffff) == " + tagBytes(member);
        };
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
