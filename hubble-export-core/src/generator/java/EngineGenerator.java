import com.google.protobuf.Descriptors.FieldDescriptor;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the classes of the engine that know every field of the Hubble API: {@code EventScanner}, from wire bytes to slots,
 * {@code MessageScanner}, from messages to slots, and {@code EventPrinter}, from slots to JSON. Loops over tables would do the
 * same, and do in the tests; but in code that has a place for each field the processor learns what follows what, and nothing is
 * looked up.
 *
 * <p>Run by the build with the messages on the class path and the folder for the classes as its argument. What a slot is
 * stands in {@code EventSchema}; a test compares the numbers.
 */
public final class EngineGenerator {

    static final String PACKAGE = "io.github.hubbleexport.";

    private EngineGenerator() {}

    /** Writes the classes below the folder that is named. */
    public static void main(String[] args) throws IOException {
        List<Place> places = new ArrayList<>();
        for (FieldDescriptor field : ExportEvent.getDescriptor().getFields()) {
            Place.add(field, null, places);
        }
        write(Path.of(args[0]), "wire", "EventScanner", new ScannerSource(places).text());
        write(Path.of(args[0]), "wire", "MessageScanner", new MessageScannerSource(places).text());
        write(Path.of(args[0]), "encode", "EventPrinter", new PrinterSource(places).text());
    }

    private static void write(Path root, String subpackage, String name, String source) throws IOException {
        Path folder = root.resolve((PACKAGE + subpackage).replace('.', '/'));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".java"), source);
    }
}
