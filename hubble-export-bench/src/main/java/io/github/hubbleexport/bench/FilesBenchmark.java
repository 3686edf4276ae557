package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.bench.rival.ReadyLines;
import io.github.hubbleexport.bench.rival.WireEvents;
import io.github.hubbleexport.bench.rival.WrittenLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What benchmarks that write files have in common: one call takes all events, from the first to the last one's being in
 * a file, with a folder of its own. That is deleted afterwards, and the last one of all is read before, outside of what is
 * timed. Folders are made in the folder of the system property {@value #FOLDER_PROPERTY}, or in that of temporary
 * files.
 */
@OperationsPerInvocation(20_000)
public abstract class FilesBenchmark extends EventBenchmark {

    /** Names the folder in which files are written. */
    public static final String FOLDER_PROPERTY = "bench.folder";

    /** When all events were taken so often the JVM has compiled what is measured, which takes more than a million of them. */
    private static final int WARM_TIMES = 80;

    private @Nullable WireEvents events;
    private @Nullable ReadyLines lines;
    private @Nullable WrittenLines written;
    private @Nullable Path folder;

    /** Makes the events and the lines that have to be found, and what else the calls need. */
    @Setup(Level.Trial)
    public void prepare() throws Exception {
        events = Corpus.events();
        lines = new ReadyLines(events);
        written = new WrittenLines(lines, times());
        begin();
    }

    /** How often all lines are in the files after a call. */
    int times() {
        return 1;
    }

    /** What else is made before the first call. */
    void begin() throws Exception {}

    /** Makes a folder; deletes that of the call before, which need not be checked. */
    @Setup(Level.Invocation)
    public void makeFolder() throws Exception {
        deleteFolder();
        folder = Files.createTempDirectory(parent(), "hubble-export-bench");
        folderIsMade();
    }

    /** What else a call needs. */
    void folderIsMade() throws Exception {}

    /** Closes what a call leaves open. */
    @TearDown(Level.Invocation)
    public void callIsOver() {}

    /** The folder in which files are written. */
    public static Path parent() {
        return Path.of(System.getProperty(FOLDER_PROPERTY, System.getProperty("java.io.tmpdir")));
    }

    /**
     * Proves that the files have as many bytes as they should. Not yet that these are the right ones: to read them would leave
     * other data in the caches than a call finds that follows upon another.
     */
    @TearDown(Level.Iteration)
    public void checkSize() throws IOException {
        requireNonNull(written).checkSize(requireNonNull(folder));
    }

    /** Proves that all lines of the last call are there, and deletes the folder. */
    @TearDown(Level.Trial)
    public void checkAndDelete() throws IOException {
        try {
            check(requireNonNull(written), requireNonNull(folder));
        } finally {
            deleteFolder();
        }
    }

    /** Calls what is measured until the JVM has compiled it, which it else would do beside the first measurements. */
    final void warm(Callable<?> call) throws Exception {
        for (int i = 0; i < WARM_TIMES; i += times()) {
            makeFolder();
            Object unused = call.call();
            callIsOver();
        }
    }

    void check(WrittenLines lines, Path used) {
        lines.check(used);
    }

    private void deleteFolder() throws IOException {
        Path used = folder;
        folder = null;
        if (used != null) {
            try (Stream<Path> files = Files.list(used)) {
                files.forEach(FilesBenchmark::deleteFile);
            }
            Files.delete(used);
        }
    }

    private static void deleteFile(Path file) {
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
