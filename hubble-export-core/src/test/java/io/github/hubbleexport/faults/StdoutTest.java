package io.github.hubbleexport.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.hubbleexport.sink.SinkInvariants;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The standard output of a child, which is a pipe that nobody empties for a while, or that loses its reader. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StdoutTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    /** More than a pipe holds. */
    private static final int MANY = 2_000;

    private static final int FEW = 20;
    private static final String UNBLOCK =
            "perl -MFcntl -e 'fcntl(STDOUT, F_SETFL, O_WRONLY | O_NONBLOCK) or die' && exec \"$@\"";

    @TempDir
    private Path root;

    @Test
    @DisplayName("row 34: a full pipe holds the writer up and costs nothing")
    void fullPipe() throws Exception {
        try (Child child = new Child(ChildJvm.command(StdoutWriter.class))) {
            child.order(MANY);
            child.order(FEW);
            child.endOrders();
            Trail trail = new Trail();
            trail.read(child.rest());
            assertThat(trail.torn).isEmpty();
            assertThat(trail.gaps()).isEmpty();
            assertThat(trail.events).isEqualTo(MANY + FEW);
            assertThat(child.counted()).isEqualTo(new Counted(MANY, MANY, 0));
            assertThat(child.counted()).isEqualTo(new Counted(MANY + FEW, MANY + FEW, 0));
        }
    }

    @Test
    @DisplayName("row 34: a full pipe that does not block is counted, and written to again when it is emptied")
    void fullPipeThatDoesNotBlock() throws Exception {
        assumeTrue(ChildJvm.works(List.of("perl", "-e", "1")), "no perl here to make a pipe that does not block");
        try (Child child = new Child(ChildJvm.inShell(UNBLOCK, ChildJvm.command(StdoutWriter.class)))) {
            child.order(MANY);
            Counted full = child.counted();
            assertThat(full.received()).isEqualTo(MANY);
            assertThat(full.lost()).isPositive();
            assertThat(full.lost() + full.written()).isEqualTo(MANY);
            String untilFull = child.available();
            child.order(FEW);
            Counted emptied = child.counted();
            assertThat(emptied).isEqualTo(new Counted(MANY + FEW, full.written() + FEW, full.lost()));
            child.endOrders();
            Trail trail = new Trail();
            trail.read(untilFull + child.rest());
            assertThat(trail.events).isGreaterThanOrEqualTo(emptied.written());
            assertThat(trail.disorder()).isEmpty();
            assertThat(trail.last(StdoutWriter.WRITER)).isEqualTo(MANY + FEW - 1);
        }
    }

    @Test
    @DisplayName("row 34: the reader of standard output goes away, and another comes")
    void readerGoesAway() throws Exception {
        Path pipe = root.resolve("pipe");
        assumeTrue(ChildJvm.works(List.of("mkfifo", pipe.toString())), "no mkfifo on this machine");
        String toPipe = "exec \"$@\" > '" + pipe + "'";
        try (Child child = new Child(ChildJvm.inShell(toPipe, ChildJvm.command(StdoutWriter.class)))) {
            try (BufferedReader first = reader(pipe)) {
                child.order(FEW);
                assertThat(child.counted()).isEqualTo(new Counted(FEW, FEW, 0));
                for (int line = 0; line < FEW; line++) {
                    assertThat(first.readLine()).startsWith("{").endsWith("}");
                }
            }
            child.order(FEW);
            assertThat(child.counted()).isEqualTo(new Counted(2 * FEW, FEW, FEW));
            try (BufferedReader second = reader(pipe)) {
                child.order(FEW);
                assertThat(child.counted()).isEqualTo(new Counted(3 * FEW, 2 * FEW, FEW));
                child.endOrders();
                Trail trail = new Trail();
                second.lines().forEach(trail::add);
                assertThat(trail.torn).as("the newline that keeps lines apart").containsExactly("");
                assertThat(trail.events).isEqualTo(FEW);
            }
        }
    }

    /** Waits for a writer. */
    private static BufferedReader reader(Path pipe) throws IOException {
        return new BufferedReader(new InputStreamReader(new FileInputStream(pipe.toFile()), UTF_8));
    }

    private record Counted(int received, int written, int lost) {}

    private static final class Child implements AutoCloseable {

        private final Process process;
        private final BufferedReader told;

        Child(List<String> command) throws IOException {
            process = new ProcessBuilder(command).start();
            told = new BufferedReader(new InputStreamReader(process.getErrorStream(), US_ASCII));
        }

        void order(int events) throws IOException {
            process.getOutputStream().write((events + "\n").getBytes(US_ASCII));
            process.getOutputStream().flush();
        }

        void endOrders() throws IOException {
            process.getOutputStream().close();
        }

        /** The next that the child tells, past what it logs. */
        Counted counted() throws IOException {
            String line = told.readLine();
            while (line != null && !line.startsWith("counted ")) {
                line = told.readLine();
            }
            assertThat(line).as("the child ended by itself").isNotNull();
            String[] words = String.valueOf(line).split(" ", -1);
            return new Counted(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
        }

        String available() throws IOException {
            return new String(
                    process.getInputStream().readNBytes(process.getInputStream().available()), UTF_8);
        }

        String rest() throws IOException {
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
