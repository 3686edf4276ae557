package io.github.hubbleexport.agent.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.agent.Polling;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files are written by the test and read by a thread that follows them. */
@Timeout(120)
class FollowedFilesTest {

    @TempDir
    private Path folder;

    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final StringWriter text = new StringWriter();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private Path file = Path.of("");

    private final class Reader extends Thread implements AutoCloseable {
        private final FollowedFiles files;

        Reader(FollowedFiles files) {
            this.files = files;
            start();
        }

        /** Writes down what it reads, each file in brackets. */
        @Override
        public void run() {
            try {
                for (FollowedFile next = files.next(); next != null; next = files.next()) {
                    text.append('[');
                    for (int b = next.read(); b >= 0; b = next.read()) {
                        text.append((char) b);
                    }
                    text.append(']');
                }
            } catch (IOException | RuntimeException e) {
                failures.add(e);
            }
        }

        void awaitText(String expected) throws Exception {
            Polling.await(expected, () -> text.toString().equals(expected) || !failures.isEmpty());
            assertThat(failures).isEmpty();
        }

        @Override
        public void close() {
            files.stop();
            try {
                join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @BeforeEach
    void name() {
        file = folder.resolve("events");
    }

    @AfterEach
    void nothingFailed() {
        assertThat(failures).isEmpty();
    }

    private Reader ofName() {
        return new Reader(FollowedFiles.ofName(file, notes::add));
    }

    private Reader ofFolder() {
        return new Reader(FollowedFiles.ofFolder(folder, notes::add));
    }

    private void append(Path target, String more) throws IOException {
        Files.writeString(target, more, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void goesOnWhenTheFileGrows() throws Exception {
        append(file, "one ");
        try (Reader reader = ofName()) {
            reader.awaitText("[one ");
            append(file, "two ");
            reader.awaitText("[one two ");
            append(file, "three");
            reader.awaitText("[one two three");
        }
        assertThat(text).hasToString("[one two three]");
        assertThat(notes).isEmpty();
    }

    @Test
    void beginsAnewWhenTheFileIsCut() throws Exception {
        append(file, "a long beginning");
        try (Reader reader = ofName()) {
            reader.awaitText("[a long beginning");
            Files.writeString(file, "new", StandardOpenOption.TRUNCATE_EXISTING);
            reader.awaitText("[a long beginning][new");
            append(file, "er");
            reader.awaitText("[a long beginning][newer");
        }
        assertThat(notes).singleElement().asString().endsWith("was cut; it is read from its beginning");
    }

    @Test
    void readsAFileToItsEndThatWasReplacedByRename() throws Exception {
        append(file, "old");
        try (Reader reader = ofName()) {
            reader.awaitText("[old");
            Path moved = Files.move(file, folder.resolve("events.1"));
            append(moved, ", still written");
            reader.awaitText("[old, still written");
            Files.createFile(file); // as logrotate makes it, before whoever writes opens it
            append(moved, ", to the end");
            reader.awaitText("[old, still written, to the end");
            append(file, "new");
            reader.awaitText("[old, still written, to the end][new");
        }
        assertThat(notes).singleElement().asString().contains("was replaced");
    }

    @Test
    void anotherFileMayBeMovedOverIt() throws Exception {
        append(file, "old");
        try (Reader reader = ofName()) {
            reader.awaitText("[old");
            Path other = Files.writeString(folder.resolve("other"), "new");
            Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            reader.awaitText("[old][new");
        }
    }

    @Test
    void waitsForAFileThatIsDeletedAndMadeAgain() throws Exception {
        append(file, "old");
        try (Reader reader = ofName()) {
            reader.awaitText("[old");
            Files.delete(file);
            append(file, "new");
            reader.awaitText("[old][new");
        }
    }

    @Test
    void waitsForAFileThatIsNotThereYet() throws Exception {
        try (Reader reader = ofName()) {
            append(file, "one");
            reader.awaitText("[one");
        }
    }

    @Test
    void readsSegmentsInOrderOfTheirNamesAndFollowsTheLast() throws Exception {
        append(folder.resolve("0002"), "two");
        append(folder.resolve("0001"), "one");
        append(folder.resolve("0010"), "ten");
        append(folder.resolve(".0011"), "hidden");
        Files.createDirectory(folder.resolve("0012"));
        try (Reader reader = ofFolder()) {
            reader.awaitText("[one][two][ten");
            append(folder.resolve("0010"), " goes on");
            reader.awaitText("[one][two][ten goes on");
            append(folder.resolve("0003"), "too late, and passed over");
            append(folder.resolve("0013"), "thirteen");
            reader.awaitText("[one][two][ten goes on][thirteen");
            append(folder.resolve("0014"), "");
            reader.awaitText("[one][two][ten goes on][thirteen][");
            append(folder.resolve("0014"), "fourteen");
            reader.awaitText("[one][two][ten goes on][thirteen][fourteen");
        }
        assertThat(notes).isEmpty();
    }

    @Test
    void segmentsMayBeDeletedWhenTheyWereRead() throws Exception {
        append(folder.resolve("1"), "one");
        try (Reader reader = ofFolder()) {
            reader.awaitText("[one");
            Files.delete(folder.resolve("1"));
            append(folder.resolve("2"), "two");
            reader.awaitText("[one][two");
        }
    }

    @Test
    void waitsForTheFirstSegment() throws Exception {
        try (Reader reader = ofFolder()) {
            append(folder.resolve("1"), "one");
            reader.awaitText("[one");
        }
    }

    @Test
    void aSegmentMayBeCut() throws Exception {
        append(folder.resolve("1"), "one one");
        try (Reader reader = ofFolder()) {
            reader.awaitText("[one one");
            Files.writeString(folder.resolve("1"), "new", StandardOpenOption.TRUNCATE_EXISTING);
            reader.awaitText("[one one][new");
            append(folder.resolve("2"), "two");
            reader.awaitText("[one one][new][two");
        }
    }

    @Test
    void stoppingEndsWaiting() throws Exception {
        Reader waitsForFirst = ofName();
        waitsForFirst.close();
        append(file, "x");
        try (Reader reader = ofName()) {
            reader.awaitText("[x");
        }
        assertThat(text).hasToString("[x]");
    }

    @Test
    void whatIsWrittenWhileItIsReadComesWhole() throws Exception {
        StringBuilder all = new StringBuilder();
        try (Reader reader = ofFolder()) {
            for (int segment = 1; segment <= 5; segment++) {
                for (int i = 0; i < 200; i++) {
                    String line = segment + ":" + i + "\n";
                    append(folder.resolve("segment-" + segment), line);
                    all.append(line);
                }
            }
            Polling.await("the last line", () -> text.toString().endsWith("5:199\n") || !reader.isAlive());
        }
        assertThat(text.toString().replaceAll("[\\[\\]]", "")).isEqualTo(all.toString());
        assertThat(Files.readString(folder.resolve("segment-5"), StandardCharsets.UTF_8))
                .endsWith("5:199\n");
    }
}
