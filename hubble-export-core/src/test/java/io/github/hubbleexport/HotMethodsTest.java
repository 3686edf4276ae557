package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The JVM never compiles a method of more than 8,000 bytes, and says nothing of it: its events would take many times as
 * long. Reads the class files, since nothing else tells how long methods are.
 */
class HotMethodsTest {

    private static final int MOST_BYTES = 7_000;

    /** The JVM's {@code FreqInlineSize}: what is longer is never inlined, however often it is called. */
    private static final int MOST_INLINED_BYTES = 325;

    @Test
    void noMethodIsTooLongToBeCompiled() throws IOException, URISyntaxException {
        Map<String, Integer> lengths = lengths(classesOf(FlowExporter.class));
        assertThat(lengths)
                .hasSizeGreaterThan(500)
                .containsKeys(
                        "io/github/hubbleexport/wire/EventScanner.flow",
                        "io/github/hubbleexport/wire/MessageScanner.flow",
                        "io/github/hubbleexport/encode/EventPrinter.flow");
        assertThat(lengths)
                .allSatisfy((method, length) ->
                        assertThat(length).as("bytes of %s", method).isLessThanOrEqualTo(MOST_BYTES));
    }

    /**
     * Inlined into a host's code, they would take what they call so deep down that the JVM would no longer inline that: a tenth of
     * the time of an event, and only in some hosts.
     */
    @Test
    void whatScansAndPrintsAWholeEventIsTooLongToBeInlinedIntoAHost() throws IOException, URISyntaxException {
        Map<String, Integer> lengths = lengths(classesOf(FlowExporter.class));
        assertThat(lengths.get("io/github/hubbleexport/wire/EventScanner.event"))
                .isGreaterThan(MOST_INLINED_BYTES);
        assertThat(lengths.get("io/github/hubbleexport/encode/EventPrinter.event"))
                .isGreaterThan(MOST_INLINED_BYTES);
    }

    /** Inlined, JDK 25 made so much code of its many calls that an event took a twentieth longer. */
    @Test
    void whatWritesTextsIsTooLongToBeInlined() throws IOException, URISyntaxException {
        assertThat(lengths(classesOf(FlowExporter.class)).get("io/github/hubbleexport/encode/JsonText.write"))
                .isGreaterThan(MOST_INLINED_BYTES);
    }

    /** Or a mistake in reading class files would hide everything. */
    @Test
    void lengthsAreThoseOfTheMethods() throws IOException, URISyntaxException {
        Map<String, Integer> lengths = lengths(classesOf(FlowExporter.class));
        // A field that is read and returned; and a loop that is known to be the longest of its class.
        assertThat(lengths.get("io/github/hubbleexport/wire/ScannedEvent.bytes"))
                .isEqualTo(5);
        assertThat(lengths.get("io/github/hubbleexport/wire/EventScanner.flow")).isBetween(100, MOST_BYTES);
    }

    private static Path classesOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static Map<String, Integer> lengths(Path classes) throws IOException {
        Map<String, Integer> lengths = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(file -> read(file, lengths));
        }
        return lengths;
    }

    private static void read(Path file, Map<String, Integer> lengths) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            new ClassFile(in).methods(lengths);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** As much of a class file as tells how long its methods are. */
    private static final class ClassFile {

        private final DataInputStream in;
        private final String[] texts;
        private final int[] classNames;

        ClassFile(DataInputStream in) throws IOException {
            this.in = in;
            in.skipNBytes(8); // what it is, and of which version
            int constants = in.readUnsignedShort();
            texts = new String[constants];
            classNames = new int[constants];
            for (int i = 1; i < constants; i++) {
                i += constant(i);
            }
        }

        /** Reads a constant; 1 if it takes a second place. */
        private int constant(int index) throws IOException {
            int kind = in.readUnsignedByte();
            switch (kind) {
                case 1 -> texts[index] = in.readUTF();
                case 7 -> classNames[index] = in.readUnsignedShort();
                case 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> in.skipNBytes(8);
                default -> throw new IOException("no constant is of the kind " + kind);
            }
            return kind == 5 || kind == 6 ? 1 : 0;
        }

        void methods(Map<String, Integer> lengths) throws IOException {
            in.skipNBytes(2);
            String name = texts[classNames[in.readUnsignedShort()]];
            in.skipNBytes(2);
            in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
            members(name, new TreeMap<>()); // fields
            members(name, lengths);
        }

        private void members(String type, Map<String, Integer> lengths) throws IOException {
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                in.skipNBytes(2);
                String member = type + "." + texts[in.readUnsignedShort()];
                in.skipNBytes(2);
                lengths.merge(member, codeLength(), Math::max);
            }
        }

        /** Of the attributes of a member; 0 for one without code. */
        private int codeLength() throws IOException {
            int length = 0;
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                String attribute = texts[in.readUnsignedShort()];
                int size = in.readInt();
                if (attribute.equals("Code")) {
                    in.skipNBytes(4);
                    length = in.readInt();
                    size -= 8;
                }
                in.skipNBytes(size);
            }
            return length;
        }
    }
}
