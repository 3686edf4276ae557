package io.github.hubbleexport.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What stands in files of {@link Numbered} events, in the order in which it was read. */
final class Trail {

    private static final String GZIP = ".gz";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The numbers of each writer. */
    final Map<String, List<Integer>> numbers = new TreeMap<>();

    /** Lines that are no event, empty ones among them. */
    final List<String> torn = new ArrayList<>();

    /** Files whose last byte is no newline. */
    final List<String> unfinished = new ArrayList<>();

    /** Whole events. */
    long events;

    /** Events that lines in the files report as lost. */
    long reportedLost;

    /** All backups from the oldest on, then the live file. */
    static Trail of(Path live) throws IOException {
        Trail trail = new Trail();
        for (Path backup : backups(live)) {
            trail.read(backup);
        }
        if (Files.exists(live)) {
            trail.read(live);
        }
        return trail;
    }

    /** The backups of a file, the oldest first; the plain one where there is an archive too. */
    static List<Path> backups(Path live) throws IOException {
        String stem = live.getFileName().toString().replaceFirst("\\.[^.]*$", "") + "-";
        try (Stream<Path> files = Files.list(live.resolveSibling("."))) {
            Map<String, Path> byName = files.filter(file -> isBackup(file, stem))
                    .collect(Collectors.toMap(Trail::nameOf, file -> file, Trail::plainOf, TreeMap::new));
            return List.copyOf(byName.values());
        }
    }

    /** The name of a backup, compressed or not. */
    static String nameOf(Path backup) {
        String name = backup.getFileName().toString();
        return name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name;
    }

    void read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().endsWith(GZIP)) {
            try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                bytes = plain.readAllBytes();
            }
        }
        if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
            unfinished.add(file.getFileName().toString());
        }
        read(new String(bytes, UTF_8));
    }

    /** Reads lines; the newline of the last may be missing. */
    void read(String text) {
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            add(text.substring(start, end < 0 ? text.length() : end));
            start = end < 0 ? text.length() : end + 1;
        }
    }

    /** Adds one line without its newline. */
    void add(String line) {
        JsonNode event = parse(line);
        String uuid = event.at("/flow/uuid").textValue();
        if (uuid != null) {
            events++;
            numbers.computeIfAbsent(Numbered.writer(uuid), writer -> new ArrayList<>())
                    .add(Numbered.number(uuid));
        } else if (event.has("lost_events")) {
            reportedLost += event.at("/lost_events/num_events_lost").asLong();
        } else {
            torn.add(line);
        }
    }

    /** Places where a writer's next number is not the one after its last: missing, doubled or out of order. */
    List<String> gaps() {
        return jumps((last, next) -> next == last + 1);
    }

    /** Places where a writer's next number is not higher than its last; missing ones are allowed. */
    List<String> disorder() {
        return jumps((last, next) -> next > last);
    }

    private List<String> jumps(BiPredicate<Integer, Integer> allowed) {
        List<String> jumps = new ArrayList<>();
        numbers.forEach((writer, all) -> {
            int last = -1;
            for (int next : all) {
                if (!allowed.test(last, next)) {
                    jumps.add(writer + ": " + next + " after " + last);
                }
                last = next;
            }
        });
        return jumps;
    }

    /** The last number of a writer, -1 if nothing of it is there. */
    int last(String writer) {
        List<Integer> all = numbers.getOrDefault(writer, List.of());
        return all.isEmpty() ? -1 : all.get(all.size() - 1);
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance(); // half a line
        }
    }

    private static boolean isBackup(Path file, String stem) {
        String name = file.getFileName().toString();
        return name.startsWith(stem) && (name.endsWith(".log") || name.endsWith(".log" + GZIP));
    }

    private static Path plainOf(Path one, Path other) {
        return one.toString().endsWith(GZIP) ? other : one;
    }
}
