package io.github.hubbleexport.bench.rival;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads what a way has left in a folder: a file and its backups, whatever they are called. Reads into the same memory
 * again and again, because what is allocated here would count as the way's. For one thread.
 */
public final class WrittenLines {

    private static final int CHUNK_BYTES = 1 << 20;

    /** Lines end with their time, so these bytes tell nearly all of them apart. */
    private static final int HASHED_BYTES = 64;

    private record Part(int start, int end) {}

    private final ReadyLines expected;
    private final int times;
    private final int[] places;
    private final byte[] read;

    /** Knows the lines that have to be found, no two of which are equal. */
    public WrittenLines(ReadyLines expected) {
        this(expected, 1);
    }

    /** As the other one, for lines that were written several times; in what order, only {@link #checkUnordered} can tell. */
    public WrittenLines(ReadyLines expected, int times) {
        this.expected = expected;
        this.times = times;
        read = new byte[times * expected.all().length + CHUNK_BYTES];
        places = new int[Integer.highestOneBit(expected.count()) * 4];
        Arrays.fill(places, -1);
        for (int line = 0; line < expected.count(); line++) {
            byte[] bytes = expected.bytes(line);
            int at = hash(bytes, 0, bytes.length);
            while (places[at] >= 0) {
                at = next(at);
            }
            places[at] = line;
        }
    }

    /**
     * Proves that all lines are in the files, in order within each and from file to file.
     *
     * @return the number of files
     * @throws IllegalStateException if they are not
     */
    public int check(Path folder) {
        List<Part> files = readAll(folder);
        files.sort(Comparator.comparing(this::firstPlace));
        int at = 0;
        for (Part file : files) {
            int end = at + file.end - file.start;
            byte[] all = expected.all();
            if (end > all.length || !Arrays.equals(read, file.start, file.end, all, at, end) || !endsLine(file)) {
                throw new IllegalStateException("other lines than expected in " + folder);
            }
            at = end;
        }
        requireAll(at, folder);
        return files.size();
    }

    /**
     * Proves that the files have as many bytes as all lines.
     *
     * @throws IllegalStateException if not
     */
    public void checkSize(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        requireAll(bytes, folder);
    }

    private void requireAll(long bytes, Path folder) {
        long wanted = (long) times * expected.all().length;
        if (bytes != wanted) {
            throw new IllegalStateException(bytes + " bytes instead of " + wanted + " in " + folder);
        }
    }

    private boolean endsLine(Part file) {
        return read[file.end - 1] == '\n';
    }

    private int firstPlace(Part file) {
        return place(file.start, lineEnd(file.start, file.end));
    }

    /**
     * Proves that every line is in the files as often as it was written, in any order, because several threads wrote them.
     *
     * @throws IllegalStateException if not
     */
    public void checkUnordered(Path folder) {
        int[] found = new int[expected.count()];
        int lines = 0;
        for (Part file : readAll(folder)) {
            for (int start = file.start; start < file.end; lines++) {
                int end = lineEnd(start, file.end);
                found[place(start, end)]++;
                start = end;
            }
        }
        if (lines != times * found.length) {
            throw new IllegalStateException(lines + " lines instead of " + times * found.length + " in " + folder);
        }
        for (int line = 0; line < found.length; line++) {
            if (found[line] != times) {
                throw new IllegalStateException("line " + line + " is there " + found[line] + " times in " + folder);
            }
        }
    }

    /** Behind the end of the line that starts here. */
    private int lineEnd(int start, int limit) {
        int at = start;
        while (at < limit && read[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, limit);
    }

    private int place(int start, int end) {
        for (int at = hash(read, start, end); places[at] >= 0; at = next(at)) {
            byte[] line = expected.bytes(places[at]);
            if (Arrays.equals(read, start, end, line, 0, line.length)) {
                return places[at];
            }
        }
        throw new IllegalStateException("an unexpected line of " + (end - start) + " bytes");
    }

    private int hash(byte[] bytes, int start, int end) {
        int hash = 1;
        for (int at = Math.max(start, end - HASHED_BYTES); at < end; at++) {
            hash = 31 * hash + bytes[at];
        }
        return (hash ^ hash >>> 16) & places.length - 1;
    }

    private int next(int at) {
        return at + 1 & places.length - 1;
    }

    private List<Part> readAll(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Part> parts = new ArrayList<>();
            int start = 0;
            for (Path file : files.toList()) {
                int end = read(file, start);
                // The lock file of this library is empty.
                if (end > start) {
                    parts.add(new Part(start, end));
                }
                start = end;
            }
            return parts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int read(Path file, int start) throws IOException {
        int end = start;
        try (FileChannel channel = FileChannel.open(file)) {
            int count = 0;
            while (count >= 0) {
                end += count;
                if (end == read.length) {
                    throw new IllegalStateException("more bytes than expected in " + file);
                }
                count = channel.read(ByteBuffer.wrap(read, end, Math.min(CHUNK_BYTES, read.length - end)));
            }
        }
        return end;
    }
}
