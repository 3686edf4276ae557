package io.github.hubbleexport.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.RotationListener;
import io.github.hubbleexport.sink.SinkInvariants;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writing process at random moments and writes on in the same folder. Twelve kills unless
 * {@code -Dhubble.kills=200} asks for more; {@code -Dhubble.seed} repeats the choices of a run, though not the moments of
 * the operating system.
 */
class KillTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    private static final int KILLS = Integer.getInteger("hubble.kills", 12);
    private static final long SEED = Long.getLong("hubble.seed", 42);

    /** All files of a folder are read after each kill, so it begins anew now and then. */
    private static final int KILLS_A_FOLDER = 4;

    private static final int MOST_TELLINGS = 120;
    private static final int EVENTS_AFTER_A_KILL = 10;
    private static final long MOST_JITTER_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Random random = new Random(SEED);
    private final Map<String, Integer> acknowledged = new HashMap<>();
    private int tornTails;
    private int unfinishedArchives;
    private int doubleArchives;

    @TempDir
    private Path root;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    @DisplayName("rows 17, 18: killed at random moments of writing, rotating and compressing, then restarted")
    void survivesKills(TestReporter reporter) throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            Path folder = Files.createDirectories(root.resolve("folder-" + kill / KILLS_A_FOLDER));
            Path live = folder.resolve("flows.log");
            if (kill % KILLS_A_FOLDER == 0) {
                acknowledged.clear();
            }
            killOneAt(live, "run" + kill);
            note(live);
            writeOn(live, "after" + kill);
            check(live, kill % KILLS_A_FOLDER + 1);
        }
        reporter.publishEntry("after " + KILLS + " kills", found());
    }

    private String found() {
        return tornTails + " torn tails, " + unfinishedArchives + " unfinished archives, " + doubleArchives
                + " archives beside their plain files";
    }

    private void killOneAt(Path live, String run) throws Exception {
        Process child = new ProcessBuilder(ChildJvm.command(EndlessWriter.class, live, run))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader told = new BufferedReader(new InputStreamReader(child.getInputStream(), US_ASCII))) {
            follow(told, random.nextInt(MOST_TELLINGS), random.nextInt(3));
            jitter();
            child.toHandle().destroyForcibly(); // a Process would close the pipe, and what is still in it is wanted
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                hear(line);
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** Listens to some tellings, and then to the end, a rotation or a compression. */
    private void follow(BufferedReader told, int tellings, int moment) throws IOException {
        String awaited = List.of("", "rotated", "compressed").get(moment);
        String line = "";
        for (int i = 0; i < tellings || !line.startsWith(awaited); i++) {
            line = told.readLine();
            assertThat(line).as("the child ended by itself").isNotNull();
            hear(line);
        }
    }

    private void hear(String line) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("ack")) {
            acknowledged.put(words[1], Integer.valueOf(words[2]));
        }
    }

    /** Not to wait for anything: to hit another moment each time. */
    private void jitter() {
        long end = System.nanoTime() + (long) (random.nextDouble() * MOST_JITTER_NANOS);
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    /** What the kill left behind: tells whether the moments were worth the trouble. */
    private void note(Path live) throws IOException {
        if (Files.exists(live)) {
            Trail left = new Trail();
            left.read(live);
            tornTails += left.unfinished.size();
        }
        unfinishedArchives += (int) count(live, ".tmp");
        doubleArchives += (int)
                (count(live, ".log") + count(live, ".gz") - Trail.backups(live).size() - (Files.exists(live) ? 1 : 0));
    }

    private static void writeOn(Path live, String writer) throws Exception {
        RotatingSink sink = EndlessWriter.sink(live, new RotationListener() {});
        try (FlowExporter exporter = new ExporterBuilder().sink(sink).build()) {
            for (int number = 0; number < EVENTS_AFTER_A_KILL; number++) {
                exporter.export(Numbered.event(writer, number));
            }
            exporter.flush();
            assertThat(exporter.counters().written()).isEqualTo(EVENTS_AFTER_A_KILL);
        }
        assertThat(sink.stats().failures()).isEmpty();
        assertThat(sink.stats().repairs()).isLessThanOrEqualTo(1);
    }

    private void check(Path live, int kills) throws IOException {
        Trail trail = Trail.of(live);
        assertThat(trail.unfinished).as("files without a newline at their end").isEmpty();
        assertThat(trail.torn).as("torn lines").hasSizeLessThanOrEqualTo(kills);
        assertThat(trail.gaps()).as("missing, doubled or out of order").isEmpty();
        acknowledged.forEach((writer, number) ->
                assertThat(trail.last(writer)).as("last line of %s", writer).isGreaterThanOrEqualTo(number));
        assertThat(count(live, ".tmp")).as("unfinished archives").isZero();
        assertThat(Trail.backups(live))
                .as("plain backups")
                .allMatch(backup -> backup.toString().endsWith(".gz"));
    }

    private static long count(Path live, String ending) throws IOException {
        try (Stream<Path> files = Files.list(live.resolveSibling("."))) {
            return files.filter(file -> file.toString().endsWith(ending)).count();
        }
    }
}
