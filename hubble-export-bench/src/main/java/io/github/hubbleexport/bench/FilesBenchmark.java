package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.bench.rival.ReadyLines;
import io.github.hubbleexport.bench.rival.WireEvents;
import io.github.hubbleexport.bench.rival.WrittenLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What benchmarks that write files have in common: one call takes all events, from the first to the last one's being in
 * a file, with a folder of its own that is read and deleted afterwards, outside of what is timed. Folders are made in
 * the folder of the system property {@value #FOLDER_PROPERTY}, or in that of temporary files.
 */
@OperationsPerInvocation(20_000)
public abstract class FilesBenchmark extends EventBenchmark {

    /** Names the folder in which files are written. */
    public static final String FOLDER_PROPERTY = "bench.folder";

    private @Nullable WireEvents events;
    private @Nullable ReadyLines lines;
    private @Nullable WrittenLines written;
    private @Nullable Path folder;

    /** Makes the events and the lines that have to be found. */
    @Setup(Level.Trial)
    public void makeLines() {
        events = Corpus.events();
        lines = new ReadyLines(events);
        written = new WrittenLines(lines);
    }

    /** Makes a folder. */
    @Setup(Level.Invocation)
    public void makeFolder() throws IOException {
        folder = Files.createTempDirectory(parent(), "hubble-export-bench");
        folderIsMade();
    }

    /** What else a call needs. */
    void folderIsMade() {}

    /** The folder in which files are written. */
    public static Path parent() {
        return Path.of(System.getProperty(FOLDER_PROPERTY, System.getProperty("java.io.tmpdir")));
    }

    /** Proves that all lines are there, and deletes the folder. */
    @TearDown(Level.Invocation)
    public void checkAndDelete() throws IOException {
        Path used = requireNonNull(folder);
        try {
            check(requireNonNull(written), used);
        } finally {
            try (Stream<Path> files = Files.list(used)) {
                files.forEach(FilesBenchmark::delete);
            }
            Files.delete(used);
        }
    }

    void check(WrittenLines lines, Path used) {
        lines.check(used);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final WireEvents events() {
        return requireNonNull(events);
    }

    final ReadyLines lines() {
        return requireNonNull(lines);
    }

    final Path file() {
        return requireNonNull(folder).resolve("flows.log");
    }
}
