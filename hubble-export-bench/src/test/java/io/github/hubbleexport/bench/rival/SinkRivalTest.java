package io.github.hubbleexport.bench.rival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.github.hubbleexport.testkit.ClusterEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to a file leaves all lines, in order, in files of the size that was asked for. */
class SinkRivalTest {

    /** Some 23 MB: two files are full, and a third one is begun. */
    private static final ReadyLines LINES = lines(12_000);

    private static final WrittenLines WRITTEN = new WrittenLines(LINES);
    private static final long LIMIT = (long) SinkRival.MAX_FILE_MB << 20;

    @TempDir
    private Path folder;

    private static ReadyLines lines(int count) {
        return new ReadyLines(new WireEvents(ClusterEvents.list(3, count).stream()
                .map(MessageLite::toByteArray)
                .toArray(byte[][]::new)));
    }

    @ParameterizedTest
    @EnumSource
    void allLinesAreInTheFiles(SinkRival rival) throws IOException {
        try (SinkWay way = rival.open(LINES, folder.resolve("flows.log"))) {
            for (int line = 0; line < LINES.count(); line++) {
                way.write(line);
            }
        }
        assertThat(WRITTEN.check(folder)).isEqualTo(3);
        // Logback looks at the length now and then only.
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).allSatisfy(file -> assertThat(Files.size(file)).isLessThan(LIMIT + LIMIT / 2));
        }
    }

    @Test
    void aMissingLineIsFoundOut() throws IOException {
        ReadyLines few = lines(10);
        WrittenLines check = new WrittenLines(few);
        Path file = folder.resolve("flows.log");
        String text = new String(few.all(), StandardCharsets.UTF_8);
        Files.writeString(file, text);
        check.check(folder);
        check.checkSize(folder);
        check.checkUnordered(folder);

        Files.writeString(file, text.substring(text.indexOf('\n') + 1));
        assertThatThrownBy(() -> check.check(folder)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> check.checkSize(folder)).hasMessageContaining("bytes instead of");
        assertThatThrownBy(() -> check.checkUnordered(folder)).hasMessageContaining("9 lines instead of 10");
    }

    @Test
    void aLineThatComesTwiceIsFoundOut() throws IOException {
        ReadyLines few = lines(10);
        WrittenLines check = new WrittenLines(few);
        Path file = folder.resolve("flows.log");
        Files.write(file, few.all());
        Files.write(folder.resolve("flows.log.1"), few.bytes(0));
        assertThatThrownBy(() -> check.check(folder)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> check.checkUnordered(folder)).hasMessageContaining("11 lines instead of 10");
    }

    @Test
    void aLineThatComesInsteadOfAnotherIsFoundOut() throws IOException {
        ReadyLines few = lines(10);
        WrittenLines twice = new WrittenLines(few, 2);
        Path file = folder.resolve("flows.log");
        Files.write(file, few.all());
        Files.write(folder.resolve("flows.log.1"), few.all());
        twice.checkSize(folder);
        twice.checkUnordered(folder);

        String all = new String(few.all(), StandardCharsets.UTF_8);
        Files.writeString(file, all.replace(few.text(0), few.text(1)));
        assertThatThrownBy(() -> twice.checkUnordered(folder)).hasMessageContaining("line 0 is there 1 times");
    }

    @Test
    void anotherOrderIsFoundOut() throws IOException {
        ReadyLines two = lines(2);
        WrittenLines check = new WrittenLines(two);
        String swapped = two.text(1) + "\n" + two.text(0) + "\n";
        Files.writeString(folder.resolve("flows.log"), swapped);
        assertThatThrownBy(() -> check.check(folder)).isInstanceOf(IllegalStateException.class);
        check.checkUnordered(folder);
    }
}
