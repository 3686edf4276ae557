package io.github.hubbleexport.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lines for tests of sinks. */
final class Lines {

    private Lines() {}

    /** A batch of lines; the newlines are added. */
    static LineBatch batch(String... lines) {
        return batch(List.of(lines));
    }

    static LineBatch batch(List<String> lines) {
        LineBatch batch = new LineBatch(16);
        for (String line : lines) {
            byte[] bytes = (line + "\n").getBytes(UTF_8);
            batch.append(bytes, 0, bytes.length);
        }
        return batch;
    }

    /** A line that begins with a number and has so many bytes, its newline included. */
    static String numbered(int number, int bytes) {
        String begin = number + ":";
        return begin + "x".repeat(Math.max(0, bytes - 1 - begin.length()));
    }

    /** Lines of random lengths, each with a number of its own. */
    static List<String> random(long seed, int count, int maxBytes) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(numbered(i, 8 + random.nextInt(maxBytes - 8)));
        }
        return lines;
    }

    /** Cuts lines into batches of random sizes. */
    static List<List<String>> batches(long seed, List<String> lines, int maxLines) {
        Random random = new Random(seed);
        List<List<String>> batches = new ArrayList<>();
        for (int at = 0; at < lines.size(); ) {
            int to = Math.min(lines.size(), at + 1 + random.nextInt(maxLines));
            batches.add(lines.subList(at, to));
            at = to;
        }
        return batches;
    }
}
