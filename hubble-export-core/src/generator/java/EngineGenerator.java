import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Writes the two classes of the engine that know every field of the Hubble API: {@code EventScanner}, from wire bytes to
 * slots, and {@code EventPrinter}, from slots to JSON. A loop over tables would do the same, and does in the tests; but in
 * code that has a place for each field the processor learns what follows what, and nothing is looked up.
 *
 * <p>Run by the build as a single source file, with the messages on the class path and the folder for the classes as its
 * argument. What a slot is stands in {@code EventSchema}; a test compares the numbers.
 */
public final class EngineGenerator {

    private static final String PACKAGE = "io.github.hubbleexport.";

    private EngineGenerator() {}

    /** Writes both classes below the folder that is named. */
    public static void main(String[] args) throws IOException {
        List<Place> places = new ArrayList<>();
        for (FieldDescriptor field : ExportEvent.getDescriptor().getFields()) {
            Place.add(field, null, places);
        }
        write(Path.of(args[0]), "wire", "EventScanner", new Scanner(places).source());
        write(Path.of(args[0]), "encode", "EventPrinter", new Printer(places).source());
    }

    private static void write(Path root, String subpackage, String name, String source) throws IOException {
        Path folder = root.resolve((PACKAGE + subpackage).replace('.', '/'));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".java"), source);
    }

    /** A place in an event where a value can stand; its number is that of {@code EventSchema}. */
    private static final class Place {

        final int slot;
        final FieldDescriptor field;
        final String path;
        final List<Place> children = new ArrayList<>();

        private Place(int slot, FieldDescriptor field, Place parent) {
            this.slot = slot;
            this.field = field;
            this.path = parent == null ? field.getName() : parent.path + "." + field.getName();
        }

        static Place add(FieldDescriptor field, Place parent, List<Place> all) {
            Place place = new Place(all.size(), field, parent);
            all.add(place);
            if (place.isMessage()) {
                for (FieldDescriptor child : field.getMessageType().getFields()) {
                    place.children.add(add(child, place, all));
                }
            }
            return place;
        }

        boolean isMessage() {
            return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
        }

        boolean isText() {
            return field.getJavaType() == FieldDescriptor.JavaType.STRING
                    || field.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING;
        }

        /** Members of a message that JSON prints as such, not as a number or a time. */
        boolean isObject() {
            return isMessage() && !field.getMessageType().getFullName().startsWith("google.protobuf.");
        }

        int tag() {
            return field.getNumber() << 3 | (isMessage() || isText() ? 2 : 0);
        }

        int word() {
            return slot / Long.SIZE;
        }

        String bit() {
            return bits(1L << slot);
        }

        String method() {
            return path.replace('.', '_');
        }

        static String bits(long bits) {
            return "0x" + Long.toHexString(bits) + "L";
        }

        /** An expression: whether one of the places is in the words of bits that are at hand. */
        static String any(List<Place> places) {
            return words(places).stream()
                    .map(word -> "(p" + word + " & " + bits(bits(places, word)) + ")")
                    .collect(Collectors.joining(" | ", "(", ") != 0"));
        }

        private static long bits(List<Place> places, int word) {
            return places.stream()
                    .filter(place -> place.word() == word)
                    .mapToLong(place -> 1L << place.slot)
                    .reduce(0, (one, other) -> one | other);
        }

        static Set<Integer> words(List<Place> places) {
            Set<Integer> words = new TreeSet<>();
            places.forEach(place -> words.add(place.word()));
            return words;
        }
    }

    /** Lines of Java. */
    private static final class Code {

        private final StringBuilder text = new StringBuilder();
        private int depth;

        /** Adds lines; their braces say how deep the next ones stand. */
        Code add(String... lines) {
            for (String line : lines) {
                int indent = line.isEmpty() ? 0 : depth - (line.startsWith("}") ? 1 : 0);
                text.append("    ".repeat(indent)).append(line).append('\n');
                depth += (int) line.chars().filter(c -> c == '{').count();
                depth -= (int) line.chars().filter(c -> c == '}').count();
            }
            return this;
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    /** From wire bytes to slots: one method for each message, with one case for each of its fields. */
    private static final class Scanner {

        private final List<Place> places;
        private final Code code = new Code();

        Scanner(List<Place> places) {
            this.places = places;
        }

        String source() {
            code.add(
                    "package " + PACKAGE + "wire;",
                    "",
                    "/** Fills the slots of an event. Generated by EngineGenerator from the messages of the Hubble API. */",
                    "final class EventScanner {",
                    "",
                    "static final int SLOTS = " + places.size() + ";",
                    "",
                    "private EventScanner() {}");
            List<Place> roots =
                    places.stream().filter(place -> !place.path.contains(".")).toList();
            message("event", places.size(), ExportEvent.getDescriptor(), roots);
            places.stream()
                    .filter(Place::isMessage)
                    .forEach(
                            place -> message(place.method(), place.slot, place.field.getMessageType(), place.children));
            elements();
            return code.add("}").toString();
        }

        private void message(String name, int slot, Descriptor type, List<Place> members) {
            code.add("", "/** {@code " + type.getFullName() + "}. */");
            code.add("static ScanResult " + name + "(ScannedEvent event, int start, int limit) {");
            code.add("byte[] in = event.bytes;", "long[] values = event.values;");
            Place.words(members).forEach(word -> code.add("long p" + word + " = 0;"));
            code.add("long wanted = event.wanted(" + slot + ");");
            code.add("int position = start;", "while (position < limit) {");
            head();
            code.add("if ((wanted & 1L << (tag >>> 3)) == 0) {");
            // Labels that nobody wants come in rows.
            code.add("position = (tag & 2) != 0 ? Skip.run(in, next, limit, tag) : next;", "continue;", "}");
            // Without their last bit, which is 0 here, tags lie close enough together for a jump table.
            code.add("switch (tag >>> 1) {");
            members.forEach(member -> member(member, members));
            code.add("default: break; // not a field of ours: stepped over", "}", "position = next;", "}");
            malformedIf("position != limit");
            Place.words(members).forEach(word -> code.add("event.present[" + word + "] |= p" + word + ";"));
            code.add("return ScanResult.COMPLETE;", "}");
        }

        private void malformedIf(String condition) {
            code.add("if (" + condition + ") {", "return ScanResult.MALFORMED;", "}");
        }

        /** Reads a tag and the number after it: a scalar's value, or the length of what follows up to {@code next}. */
        private void head() {
            code.add("int tag = in[position++];", "if (tag < 0) {", "int high = in[position++];", "if (high >= 0) {");
            code.add("tag = tag & 0x7f | high << 7;", "} else {", "int end = Varint.end(in, position - 2);");
            code.add("tag = end < 0 ? 0 : Skip.tag(Varint.value(in, position - 2, end));", "position = end;", "}", "}");
            code.add("if ((tag & 5) != 0 || tag >>> 3 == 0) {");
            code.add("position = tag >>> 3 == 0 ? Skip.BAD : Skip.value(in, position, limit, tag);");
            malformedIf("position < 0");
            code.add("continue;", "}");
            code.add("long number = in[position++];", "if (number < 0) {", "int high = in[position++];");
            code.add("if (high >= 0) {", "number = number & 0x7f | high << 7;", "} else {");
            code.add("int end = Varint.end(in, position - 2);", "number = Varint.value(in, position - 2, end);");
            code.add("position = end;", "}", "}");
            malformedIf("position > limit || position < 0");
            code.add("int next = position;", "if ((tag & 2) != 0) {");
            malformedIf("number < 0 || number > limit - position");
            code.add("next += (int) number;", "}");
        }

        private void member(Place member, List<Place> siblings) {
            code.add("case " + (member.tag() >>> 1) + ": { // " + member.path);
            if (member.field.isRepeated()) {
                repeated(member);
            } else if (member.isMessage()) {
                single(member, siblings);
            } else {
                code.add("values[" + member.slot + "] = " + value(member) + ";", present(member));
            }
            code.add("break;", "}");
        }

        private static String place(Place member) {
            return "values[" + member.slot + "] = WireFields.pack(position, (int) number);";
        }

        private static String present(Place member) {
            return "p" + member.word() + " |= " + member.bit() + ";";
        }

        private static String value(Place member) {
            if (member.field.getRealContainingOneof() != null) {
                throw new IllegalStateException("no way to clear the other members of a oneof at " + member.path);
            }
            return switch (member.field.getType()) {
                case BOOL -> "number == 0 ? 0 : 1";
                case INT32, ENUM -> "(int) number";
                case UINT32 -> "number & 0xffffffffL";
                case INT64, UINT64 -> "number";
                case STRING, BYTES -> "WireFields.pack(position, (int) number)";
                default -> throw new IllegalStateException("no way to read " + member.path);
            };
        }

        /** Of the elements, where the first begins and the last ends. */
        private void repeated(Place member) {
            code.add("if ((p" + member.word() + " & " + member.bit() + ") == 0) {");
            code.add(place(member));
            code.add("}");
            code.add(present(member));
            if (member.isMessage()) {
                // Only to know that it is well-formed: the slots are filled when somebody comes for the element.
                code.add("if (event.descends(" + member.word() + ", " + member.bit() + ")) {");
                descend(member);
                code.add("}");
            }
            if (!member.isMessage() && member.tag() < 128) {
                code.add("next = Skip.run(in, next, limit, " + member.tag() + ");");
            }
            code.add("event.lastEnds[" + member.slot + "] = next;");
        }

        private void single(Place member, List<Place> siblings) {
            code.add("if (event.listens(" + member.word() + ", " + member.bit() + ")) {");
            rivals(member, siblings);
            code.add(place(member));
            code.add("if (event.descends(" + member.word() + ", " + member.bit() + ")) {");
            code.add("if ((p" + member.word() + " & " + member.bit() + ") != 0) {");
            code.add("return ScanResult.NEEDS_CANONICAL; // two parts, to be merged", "}");
            descend(member);
            code.add("}", present(member), "}");
        }

        private void rivals(Place member, List<Place> siblings) {
            OneofDescriptor oneof = member.field.getRealContainingOneof();
            if (oneof == null) {
                return;
            }
            List<Place> rivals = siblings.stream()
                    .filter(place -> place != member && oneof.equals(place.field.getRealContainingOneof()))
                    .toList();
            code.add("if (" + Place.any(rivals) + ") {");
            code.add("return ScanResult.NEEDS_CANONICAL; // it clears another member of its oneof", "}");
        }

        private void descend(Place member) {
            code.add("ScanResult inner = " + member.method() + "(event, position, next);");
            code.add("if (inner != ScanResult.COMPLETE) {", "return inner;", "}");
        }

        private void elements() {
            code.add("", "/** One element of a repeated message. */");
            code.add("static ScanResult element(ScannedEvent event, int slot, int start, int limit) {");
            code.add("switch (slot) {");
            places.stream()
                    .filter(place -> place.isMessage() && place.field.isRepeated())
                    .forEach(place ->
                            code.add("case " + place.slot + ": return " + place.method() + "(event, start, limit);"));
            code.add("default: throw new IllegalArgumentException(\"no repeated message at slot \" + slot);");
            code.add("}", "}");
        }
    }

    /** From slots to JSON: one method for each object, with its members in the order of their declaration. */
    private static final class Printer {

        /** With more of them, the compiler of the JVM would stop to inline what they call. */
        private static final int MOST_MEMBERS = 6;

        private final List<Place> places;
        private final Code code = new Code();

        Printer(List<Place> places) {
            this.places = places;
        }

        String source() {
            code.add(
                    "package " + PACKAGE + "encode;",
                    "",
                    "import " + PACKAGE + "wire.ScannedEvent;",
                    "import " + PACKAGE + "wire.Words;",
                    "",
                    "/** Prints the members of objects. Generated by EngineGenerator from the messages of the Hubble API. */",
                    "final class EventPrinter {",
                    "",
                    "private EventPrinter() {}");
            places.stream()
                    .filter(Place::isObject)
                    .forEach(place -> object(place.path, place.method(), place.children));
            object(
                    "an event without a flow",
                    "others",
                    places.stream().filter(Printer::isOther).toList());
            elements();
            return code.add("}").toString();
        }

        /** What an event may have instead of a flow; its time and node name are not printed here. */
        private static boolean isOther(Place place) {
            return !place.path.contains(".") && place.isObject() && !place.path.equals("flow");
        }

        private void object(String path, String method, List<Place> members) {
            if (members.size() <= MOST_MEMBERS) {
                part(path, method, members);
                return;
            }
            List<List<Place>> parts = new ArrayList<>();
            for (int from = 0; from < members.size(); from += MOST_MEMBERS) {
                parts.add(members.subList(from, Math.min(from + MOST_MEMBERS, members.size())));
            }
            for (int i = 0; i < parts.size(); i++) {
                part(path, method + "_" + i, parts.get(i));
            }
            code.add("", "/** Members of " + path + ". */");
            code.add("static int " + method + "(JsonWriter to, ScannedEvent event, int start) {", "int at = start;");
            words(members);
            for (int i = 0; i < parts.size(); i++) {
                // Most parts of a flow are not there, or masked.
                code.add("if (" + Place.any(parts.get(i)) + ") {");
                code.add("at = " + method + "_" + i + "(to, event, at);", "}");
            }
            code.add("return at;", "}");
        }

        private void words(List<Place> members) {
            for (int word : Place.words(members)) {
                code.add("long p" + word + " = to.printed(event, " + word + ");");
            }
        }

        private void part(String path, String method, List<Place> members) {
            code.add("", "/** Members of " + path + ". */");
            code.add("static int " + method + "(JsonWriter to, ScannedEvent event, int start) {");
            code.add("int at = start;");
            if (!members.isEmpty()) {
                code.add("long[] values = event.values();", "JsonField[] fields = to.fields;", "byte[] out = to.out;");
            }
            words(members);
            members.forEach(this::member);
            code.add("return at;", "}");
        }

        private void member(Place member) {
            code.add("if ((p" + member.word() + " & " + member.bit() + ") != 0) { // " + member.path);
            if (member.field.isRepeated()) {
                code.add("at = to.list(event, fields[" + member.slot + "], at);", "out = to.out; // may have grown");
            } else if (member.isObject()) {
                name(member, "{");
                code.add("int inside = at;", "at = " + member.method() + "(to, event, inside);");
                code.add("out = to.out; // may have grown", "at = JsonWriter.closeObject(out, inside, at);");
            } else if (member.isMessage()) {
                special(member);
            } else {
                scalar(member, "values[" + member.slot + "]");
            }
            code.add("}");
        }

        /** Members without a value, or with the one that stands for none, are left out. */
        private void scalar(Place member, String value) {
            if (member.field.hasPresence()) {
                throw new IllegalStateException("no way to print the default value of " + member.path);
            }
            switch (member.field.getType()) {
                case STRING, BYTES -> at(member, "\"", end -> "to.text(event, " + value + ", out, at, " + end + ")");
                case INT32, UINT32 -> at(member, "", end -> "JsonWriter.number(" + value + ", out, at, " + end + ")");
                case INT64 -> at(member, "\"", end -> "JsonWriter.signed(" + value + ", out, at, " + end + ")");
                case UINT64 -> at(member, "\"", end -> "JsonWriter.unsigned(" + value + ", out, at, " + end + ")");
                case BOOL -> at(member, "true,", end -> value + " == 0 ? at : " + end);
                default ->
                    at(
                            member,
                            "",
                            end -> "JsonWriter.named(fields[" + member.slot + "], " + value + ", out, at, " + end
                                    + ")");
            }
        }

        private void special(Place member) {
            switch (member.field.getMessageType().getName()) {
                case "Timestamp" -> at(member, "\"", end -> "to.time(event, " + member.slot + ", " + end + ")");
                case "Any" -> at(member, "", end -> "to.any(event, " + member.slot + ", " + end + ")");
                default -> at(member, "", end -> "to.wrapper(event, fields[" + member.slot + "], " + end + ")");
            }
            code.add("out = to.out; // may have grown");
        }

        /** Writes the name of a member, and then what an expression writes from the end of the name on. */
        private void at(Place member, String opening, UnaryOperator<String> expression) {
            int length = words(member, opening);
            code.add("at = " + expression.apply("at + " + length) + ";");
        }

        private void name(Place member, String opening) {
            code.add("at += " + words(member, opening) + ";");
        }

        /** Eight bytes at a time; what the last word has too many is written over by what follows. */
        private int words(Place member, String opening) {
            byte[] name = ('"' + member.field.getName() + "\":" + opening).getBytes(StandardCharsets.UTF_8);
            ByteBuffer words =
                    ByteBuffer.wrap(Arrays.copyOf(name, name.length + 7)).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < name.length; i += Long.BYTES) {
                String place = i == 0 ? "at" : "at + " + i;
                code.add("Words.put(out, " + place + ", 0x" + Long.toHexString(words.getLong(i)) + "L);");
            }
            return name.length;
        }

        private void elements() {
            code.add("", "/** The members of one element of a list. */");
            code.add("static int element(JsonWriter to, ScannedEvent event, int slot, int at) {", "switch (slot) {");
            places.stream()
                    .filter(place -> place.isObject() && place.field.isRepeated())
                    .forEach(place ->
                            code.add("case " + place.slot + ": return " + place.method() + "(to, event, at);"));
            code.add("default: throw new IllegalArgumentException(\"no list of objects at slot \" + slot);");
            code.add("}", "}");
        }
    }
}
