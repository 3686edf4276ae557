package io.github.hubbleexport.bench.rival;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads what a way has left in a folder: a file and its backups, whatever they are called. */
public final class WrittenLines {

    private final ReadyLines expected;
    private final Map<String, Integer> places = new HashMap<>();

    /** Knows the lines that have to be found, no two of which are equal. */
    public WrittenLines(ReadyLines expected) {
        this.expected = expected;
        for (int line = 0; line < expected.count(); line++) {
            places.put(expected.text(line), line);
        }
    }

    /**
     * Proves that all lines are in the files, in order within each and from file to file.
     *
     * @return the number of files
     * @throws IllegalStateException if they are not
     */
    public int check(Path folder) {
        List<byte[]> files = contents(folder);
        files.sort(Comparator.comparing(this::firstPlace));
        int at = 0;
        for (byte[] file : files) {
            byte[] all = expected.all();
            if (file.length > all.length - at
                    || !Arrays.equals(file, 0, file.length, all, at, at + file.length)
                    || file[file.length - 1] != '\n') {
                throw new IllegalStateException("other lines than expected in " + folder);
            }
            at += file.length;
        }
        if (at != expected.all().length) {
            throw new IllegalStateException(at + " bytes instead of " + expected.all().length + " in " + folder);
        }
        return files.size();
    }

    /** The same without an order, for lines that several threads wrote. */
    public void checkUnordered(Path folder) {
        boolean[] found = new boolean[expected.count()];
        int lines = 0;
        for (byte[] file : contents(folder)) {
            for (String line : new String(file, StandardCharsets.UTF_8).lines().toList()) {
                found[place(line)] = true;
                lines++;
            }
        }
        if (lines != found.length) {
            throw new IllegalStateException(lines + " lines instead of " + found.length + " in " + folder);
        }
        for (int line = 0; line < found.length; line++) {
            if (!found[line]) {
                throw new IllegalStateException("line " + line + " is missing in " + folder);
            }
        }
    }

    private int firstPlace(byte[] file) {
        int end = 0;
        while (end < file.length && file[end] != '\n') {
            end++;
        }
        return place(new String(file, 0, end, StandardCharsets.UTF_8));
    }

    private int place(String line) {
        Integer place = places.get(line);
        if (place == null) {
            throw new IllegalStateException("an unexpected line: " + line);
        }
        return place;
    }

    private static List<byte[]> contents(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<byte[]> contents = new ArrayList<>();
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                // The lock file of this library is empty.
                if (bytes.length > 0) {
                    contents.add(bytes);
                }
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
