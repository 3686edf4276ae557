package io.github.hubbleexport.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads what a rotating sink left in a folder; the live file is {@code events.log}. */
final class LogFolder {

    private final Path folder;

    LogFolder(Path folder) {
        this.folder = folder;
    }

    Path live() {
        return folder.resolve("events.log");
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** All names in the folder, sorted. */
    List<String> names() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of backups, the oldest first, plain and compressed. */
    List<String> backups() {
        return names().stream().filter(name -> name.startsWith("events-")).toList();
    }

    /** Lines of all backups, the oldest first, and of the live file. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String backup : backups()) {
            lines.addAll(text(backup).lines().toList());
        }
        lines.addAll(liveLines());
        return lines;
    }

    List<String> liveLines() {
        return Files.exists(live()) ? text("events.log").lines().toList() : List.of();
    }

    String text(String name) {
        return textOf(folder.resolve(name));
    }

    /** What is in a file, compressed or not. */
    static String textOf(Path file) {
        String name = String.valueOf(file.getFileName());
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = plain(name, in)) {
            return new String(plain.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream plain(String name, InputStream in) throws IOException {
        if (name.endsWith(GzipCompression.SUFFIX)) {
            return new GZIPInputStream(in);
        }
        return name.endsWith(ZstdCompression.SUFFIX) ? new ZstdInputStream(in) : in;
    }

    void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file of the sink ends with a newline, and no archive was left unfinished. */
    void assertWhole() {
        if (!Files.exists(folder)) {
            return;
        }
        assertThat(names()).noneMatch(name -> name.endsWith(BackupFolder.TEMPORARY));
        for (String name : names()) {
            if (name.startsWith("events") && Files.isRegularFile(folder.resolve(name))) {
                String text = text(name);
                assertThat(text.isEmpty() || text.endsWith("\n")).as(name).isTrue();
            }
        }
    }
}
