package io.github.hubbleexport.bench;

import io.github.hubbleexport.bench.rival.WireEvents;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.ClusterEvents;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The wire bytes of the events that benchmarks are fed. They are generated; but making them takes a fresh JVM longer
 * than many a benchmark, so the system property {@value #FILE_PROPERTY} may name a file that {@link #save} wrote.
 */
public final class Corpus {

    /** Names a file of events that were generated before. */
    public static final String FILE_PROPERTY = "bench.corpus";

    private static final long SEED = 20_260_101;

    private Corpus() {}

    /** All events, in the order of their times. */
    static WireEvents events() {
        String file = System.getProperty(FILE_PROPERTY, "");
        return new WireEvents(file.isEmpty() ? generate(ClusterEvents.DEFAULT_COUNT) : load(Path.of(file)));
    }

    private static byte[][] generate(int count) {
        return ClusterEvents.list(SEED, count).stream()
                .map(ExportEvent::toByteArray)
                .toArray(byte[][]::new);
    }

    /** Generates events and writes them into a file. */
    public static void save(Path file, int count) throws IOException {
        byte[][] events = generate(count);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(events.length);
            for (byte[] event : events) {
                out.writeInt(event.length);
                out.write(event);
            }
        }
    }

    private static byte[][] load(Path file) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            byte[][] events = new byte[in.readInt()][];
            for (int i = 0; i < events.length; i++) {
                events[i] = in.readNBytes(in.readInt());
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
