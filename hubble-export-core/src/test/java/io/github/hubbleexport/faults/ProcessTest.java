package io.github.hubbleexport.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.hubbleexport.sink.SinkInvariants;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that run into limits, or are told to end. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ProcessTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants().json();

    private static final String FEW_HANDLES = "ulimit -n 150 && exec \"$@\"";

    /** In KiB. */
    private static final String SMALL_FILES = "ulimit -f 100 && exec \"$@\"";

    @TempDir
    private Path root;

    @Test
    @DisplayName("row 33: no file handles left for a while")
    void noHandles() throws Exception {
        assumeTrue(
                ChildJvm.works(ChildJvm.inShell(FEW_HANDLES, List.of("true"))),
                "the number of handles cannot be lowered here: running out of them was not tried");
        Path live = root.resolve("folder").resolve("flows.log");
        ChildJvm.succeeds(ChildJvm.inShell(FEW_HANDLES, ChildJvm.command(NoHandles.class, live)));
    }

    @Test
    @DisplayName("row 3: a file that may grow no further takes a part of a write")
    void partOfAWrite() throws Exception {
        assumeTrue(
                ChildJvm.works(ChildJvm.inShell(SMALL_FILES, List.of("true"))),
                "the size of files cannot be limited here: a real short write was not tried");
        ChildJvm.succeeds(ChildJvm.inShell(SMALL_FILES, ChildJvm.command(SickDisk.class, "file-limit", root)));
    }

    @ParameterizedTest
    @EnumSource(OrderlyExit.Manner.class)
    @DisplayName("row 32: told to end while events wait in their batch, a shutdown hook writes them")
    void shutdownHook(OrderlyExit.Manner manner) throws Exception {
        assertThat(afterTermination(false, manner).events).isEqualTo(OrderlyExit.WAITING);
    }

    @ParameterizedTest
    @EnumSource(OrderlyExit.Manner.class)
    @DisplayName("row 32: told to end in the middle of exporting, a shutdown hook leaves whole lines")
    void shutdownHookWhileExporting(OrderlyExit.Manner manner) throws Exception {
        assertThat(afterTermination(true, manner).events).isGreaterThanOrEqualTo(OrderlyExit.WAITING);
    }

    private Trail afterTermination(boolean busy, OrderlyExit.Manner manner) throws Exception {
        Path live = root.resolve("flows.log");
        Process child = new ProcessBuilder(ChildJvm.command(OrderlyExit.class, live, busy, manner))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader told = new BufferedReader(new InputStreamReader(child.getInputStream(), US_ASCII))) {
            assertThat(told.readLine()).as("nothing is written yet").isEqualTo("ready 0");
            child.toHandle().destroy();
            String closed = told.readLine();
            child.waitFor();
            Trail trail = new Trail();
            trail.read(live);
            assertThat(closed).isEqualTo("CLOSED " + trail.events);
            assertThat(trail.torn).isEmpty();
            assertThat(trail.unfinished).isEmpty();
            assertThat(trail.gaps()).isEmpty();
            assertThat(trail.last(OrderlyExit.PATIENT)).isEqualTo(OrderlyExit.WAITING - 1);
            return trail;
        } finally {
            child.destroyForcibly().waitFor();
        }
    }
}
