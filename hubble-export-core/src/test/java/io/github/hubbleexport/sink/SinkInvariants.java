package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hubbleexport.FlowExporter;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks after each test what must hold whatever the test is about, so that no author forgets it: every log and backup in
 * the test's {@link TempDir} fields ends in a newline, and each of its lines parses where the test writes JSON; no archive
 * is half done; no path, lock, file handle or thread of the library is left; the account of each watched exporter adds up;
 * and nothing was logged that the test does not expect.
 *
 * <pre>{@code
 * @RegisterExtension
 * final SinkInvariants invariants = new SinkInvariants().json().expectLog("the sink did not take them");
 * }</pre>
 */
public final class SinkInvariants implements BeforeEachCallback, AfterEachCallback {

    private static final Pattern OURS =
            Pattern.compile("(events|flows)(-\\d{4}-\\d\\d-\\d\\dT.*)?\\.log(\\.gz|\\.zst)?");
    private static final String THREADS = "hubble-export";
    private static final Path HANDLES = Path.of("/proc/self/fd");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = Logger.getLogger("io.github.hubbleexport");

    private final List<FlowExporter> exporters = new ArrayList<>();
    private final List<Pattern> expectedLog = new ArrayList<>();
    private final Set<Thread> threadsBefore = new HashSet<>();
    private final LogRecorder recorder = new LogRecorder();
    private boolean json;
    private boolean otherProcesses;
    private Duration threadsEnd = Duration.ofSeconds(30);

    /** Of a test whose lines are any text, and which makes the library log nothing. */
    public SinkInvariants() {}

    /** Lines are JSON. */
    public SinkInvariants json() {
        json = true;
        return this;
    }

    /** A log line that contains a match may be written. */
    public SinkInvariants expectLog(String regex) {
        expectedLog.add(Pattern.compile(regex));
        return this;
    }

    /** Lock files may be left, by processes that were killed. */
    public SinkInvariants withKilledProcesses() {
        otherProcesses = true;
        return this;
    }

    /** How long threads may take to end; half a minute unless told otherwise. */
    public SinkInvariants threadsEndWithin(Duration most) {
        threadsEnd = most;
        return this;
    }

    /** Has the account of an exporter checked, after it was closed. */
    public FlowExporter watch(FlowExporter exporter) {
        exporters.add(exporter);
        return exporter;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        exporters.clear();
        threadsBefore.clear();
        threadsBefore.addAll(ownThreads());
        recorder.clear();
        LOG.addHandler(recorder);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        LOG.removeHandler(recorder);
        if (context.getExecutionException().isPresent()) {
            return; // one failure is enough
        }
        exporters.forEach(SinkInvariants::checkAccount);
        checkThreads(); // first: what they still have to do, such as to delete what was compressed, changes the files
        List<Path> folders = folders(context.getRequiredTestInstance());
        for (Path folder : folders) {
            checkFiles(folder);
        }
        for (Path folder : folders) {
            checkNothingHeld(folder.toRealPath());
        }
        assertThat(recorder.lines()).as("log lines").allMatch(this::isExpected);
    }

    private static void checkAccount(FlowExporter exporter) {
        exporter.close();
        assertThat(exporter.counters().inFlight())
                .as("received - filtered - stopped - written - lost, of %s", exporter.counters())
                .isZero();
    }

    private static List<Path> folders(Object test) throws IllegalAccessException {
        List<Path> folders = new ArrayList<>();
        for (Class<?> type = test.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(TempDir.class) && field.getType() == Path.class) {
                    field.setAccessible(true);
                    folders.add((Path) field.get(test));
                }
            }
        }
        return folders;
    }

    private void checkFiles(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).as("archives half done").noneMatch(SinkInvariants::isTemporary);
        if (!otherProcesses) {
            assertThat(files).as("locks").noneMatch(file -> nameOf(file).endsWith(".lock"));
        }
        for (Path file : files) {
            if (OURS.matcher(nameOf(file)).matches()) {
                checkLines(file);
            }
        }
    }

    private static boolean isTemporary(Path file) {
        String name = nameOf(file);
        return name.endsWith(BackupFolder.TEMPORARY)
                && OURS.matcher(name.substring(0, name.length() - BackupFolder.TEMPORARY.length()))
                        .matches()
                && !name.endsWith(".log" + BackupFolder.TEMPORARY);
    }

    private void checkLines(Path file) throws IOException {
        String text = LogFolder.textOf(file);
        assertThat(text.isEmpty() || text.endsWith("\n"))
                .as("%s ends in a newline", file)
                .isTrue();
        if (json) {
            assertThat(text.lines().filter(line -> !parses(line)))
                    .as("lines of %s", file)
                    .isEmpty();
        }
    }

    private static boolean parses(String line) {
        try {
            return JSON.readTree(line).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Threads end by themselves soon after what they work for was closed. */
    private void checkThreads() throws InterruptedException {
        for (Thread thread : ownThreads()) {
            if (!threadsBefore.contains(thread)) {
                thread.join(threadsEnd.toMillis());
                assertThat(thread.isAlive()).as("%s is left", thread).isFalse();
            }
        }
    }

    private static Set<Thread> ownThreads() {
        Set<Thread> own = new HashSet<>(Thread.getAllStackTraces().keySet());
        own.removeIf(thread -> !thread.getName().startsWith(THREADS));
        return own;
    }

    private static void checkNothingHeld(Path folder) throws IOException {
        assertThat(OpenPaths.taken()).as("sinks not closed").noneMatch(path -> path.startsWith(folder));
        if (Files.isDirectory(HANDLES)) {
            assertThat(openFiles()).as("file handles").noneMatch(file -> file.startsWith(folder));
        }
    }

    private static List<Path> openFiles() throws IOException {
        List<Path> open = new ArrayList<>();
        try (Stream<Path> handles = Files.list(HANDLES)) {
            for (Path handle : handles.toList()) {
                if (Files.isSymbolicLink(handle)) {
                    open.add(Files.readSymbolicLink(handle));
                }
            }
        }
        return open;
    }

    private boolean isExpected(String line) {
        return expectedLog.stream().anyMatch(pattern -> pattern.matcher(line).find());
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }
}
