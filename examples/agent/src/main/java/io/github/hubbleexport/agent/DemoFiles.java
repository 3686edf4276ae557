package io.github.hubbleexport.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The files of the demonstration: the live one and its backups. */
final class DemoFiles {

    private static final String NAME = "hubble-demo";
    private static final String EXTENSION = ".jsonl";
    private static final Pattern OURS = Pattern.compile(
            Pattern.quote(NAME) + "(-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3})?" + Pattern.quote(EXTENSION));

    private final Path folder;

    DemoFiles(Path folder) {
        this.folder = folder;
    }

    /** The file that is written to. */
    Path live() {
        return folder.resolve(NAME + EXTENSION);
    }

    /** All that are there, the oldest first and the live one last. */
    List<Path> all() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, DemoFiles::isOurs)) {
                found.forEach(files::add);
            }
        }
        files.sort(null); // the names of backups carry their time, and a dash sorts before the dot of the live file
        return files;
    }

    /** Deletes what an earlier demonstration left, and nothing else. */
    void clear() throws IOException {
        for (Path file : all()) {
            Files.delete(file);
        }
    }

    /** The first lines of the live file. */
    List<String> firstLines(int most) throws IOException {
        if (!Files.exists(live())) {
            return List.of();
        }
        try (BufferedReader reader = Files.newBufferedReader(live())) {
            return reader.lines().limit(most).toList();
        }
    }

    private static boolean isOurs(Path file) {
        return OURS.matcher(file.getFileName().toString()).matches();
    }
}
