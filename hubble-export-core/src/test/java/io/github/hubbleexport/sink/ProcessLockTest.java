package io.github.hubbleexport.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.sink.FaultyFileOps.Call;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two processes never write to one file. */
final class ProcessLockTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants().expectLog("LOCK failed");

    @TempDir
    private Path folder;

    private static final String LOCK = ".events.log.lock";

    private final FakeTime time = new FakeTime();
    private final FaultyFileOps ops = new FaultyFileOps();
    private final List<Child> children = new ArrayList<>();
    private LogFolder log = new LogFolder(Path.of(""));

    @BeforeEach
    void openFolder() {
        log = new LogFolder(folder);
    }

    @AfterEach
    void everyFileIsWhole() {
        children.forEach(Child::kill);
        log.assertWhole();
    }

    @Test
    @DisplayName("row 16: of two processes on one path the second is refused, and takes over when the first has ended")
    void theSecondProcessIsRefusedUntilTheFirstHasEnded() throws IOException, InterruptedException {
        Child first = start();
        Child second = start();
        assertThat(first.write("first")).isEqualTo("written");
        assertThat(second.write("second"))
                .startsWith("refused")
                .contains(log.live().toRealPath().toString(), "another process", LOCK);
        assertThat(first.write("first again")).isEqualTo("written");
        first.end();
        assertThat(second.write("second")).isEqualTo("written");
        second.end();
        assertThat(log.path(LOCK)).doesNotExist();
        assertThat(log.lines()).containsExactly("first", "first again", "second");
    }

    @Test
    @DisplayName("rows 16, 17: the lock of a process that was killed holds nobody up")
    void theLockOfAKilledProcessIsFree() throws IOException, InterruptedException {
        Child first = start();
        assertThat(first.write("first")).isEqualTo("written");
        first.kill();
        assertThat(log.path(LOCK)).exists();
        try (RotatingSink sink = sink()) {
            sink.write(Lines.batch("second"));
            assertThat(sink.stats().failures()).isEmpty();
        }
        assertThat(log.path(LOCK)).doesNotExist();
        assertThat(log.lines()).containsExactly("first", "second");
    }

    @Test
    @DisplayName("row 16: the lock is taken with the first line and kept through rotations")
    void heldFromTheFirstLineToTheClose() throws IOException {
        try (RotatingSink sink = sink()) {
            assertThat(log.path(LOCK)).doesNotExist();
            for (int i = 0; i < 5; i++) {
                sink.write(Lines.batch("line " + i));
                assertThat(log.path(LOCK)).exists();
            }
            assertThat(ops.count(Call.LOCK)).isEqualTo(1);
        }
        assertThat(log.path(LOCK)).doesNotExist();
    }

    @Test
    @DisplayName("rows 10, 16: a lock that was deleted with its folder is taken again")
    void takenAgainAfterItWasDeleted() throws IOException, InterruptedException {
        try (RotatingSink sink = sink()) {
            sink.write(Lines.batch("one"));
            Files.delete(log.path(LOCK));
            Files.delete(log.live());
            time.advance(Duration.ofSeconds(1));
            sink.write(Lines.batch("two"));
            assertThat(start().write("other")).startsWith("refused");
        }
        assertThat(log.lines()).containsExactly("two");
    }

    @Test
    @DisplayName("row 16: where no lock can be had, that is counted and lines are written")
    void withoutALockLinesAreWritten() throws IOException {
        ops.plan((call, number) -> call == Call.LOCK && number < 3);
        try (RotatingSink sink = sink()) {
            sink.write(Lines.batch("line 1", "line 2"));
            assertThat(sink.stats().failures(SinkOperation.LOCK)).isEqualTo(2);
            assertThat(log.path(LOCK)).doesNotExist();
            sink.write(Lines.batch("line 3"));
            assertThat(log.path(LOCK)).exists();
        }
        assertThat(log.lines()).containsExactly("line 1", "line 2", "line 3");
    }

    @Test
    void anInterruptedThreadGetsTheLockToo() throws IOException {
        Thread.currentThread().interrupt();
        try (RotatingSink sink = sink()) {
            sink.write(Lines.batch("one"));
            assertThat(sink.stats().failures()).isEmpty();
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    private RotatingSink sink() {
        return Child.sink(log.live(), time).fileOps(ops).build();
    }

    private Child start() throws IOException {
        Child child = new Child(log.live());
        children.add(child);
        return child;
    }

    /** Another process with a sink on the file; writes what it is told and says what became of it. */
    static final class Child {

        private final Process process;
        private final BufferedReader answers;

        Child(Path file) throws IOException {
            process = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            ClassPath.of(RotatingSink.class, Child.class),
                            Child.class.getName(),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        }

        String write(String line) throws IOException {
            process.getOutputStream().write((line + "\n").getBytes(UTF_8));
            process.getOutputStream().flush();
            return Objects.requireNonNull(answers.readLine(), "the process has ended");
        }

        void end() throws IOException, InterruptedException {
            process.getOutputStream().close();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        }

        void kill() {
            process.destroyForcibly().onExit().join();
        }

        static RotatingSink.Builder sink(Path file, FakeTime time) {
            return RotatingSink.builder(file)
                    .maxFileBytes(8)
                    .maxBackups(0)
                    .clock(time)
                    .ticker(time);
        }

        /** Takes lines from standard input; between two of them every pause passes. */
        public static void main(String[] args) throws IOException {
            FakeTime time = new FakeTime();
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            try (RotatingSink sink = sink(Path.of(args[0]), time).build()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    System.out.println(answer(sink, line));
                    time.advance(ActiveFile.LONGEST_PAUSE);
                }
            }
        }

        private static String answer(RotatingSink sink, String line) {
            try {
                sink.write(Lines.batch(line));
                return "written";
            } catch (IOException e) {
                return "refused: " + e.getMessage();
            }
        }
    }
}
