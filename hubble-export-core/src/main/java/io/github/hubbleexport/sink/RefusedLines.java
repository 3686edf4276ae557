package io.github.hubbleexport.sink;

import java.io.IOException;
import java.util.Arrays;

/** The lines of a batch that were dropped; hardly ever any. For the writing thread only. */
final class RefusedLines {

    private int[] lines = new int[8];
    private int count;

    void clear() {
        count = 0;
    }

    void add(int line) {
        if (count == lines.length) {
            lines = Arrays.copyOf(lines, 2 * count);
        }
        lines[count++] = line;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int[] lines() {
        return Arrays.copyOf(lines, count);
    }

    IOException reason(long longestLine) {
        return new IOException(count + (count == 1 ? " line" : " lines") + " longer than " + longestLine
                + " bytes, the limit of a file, dropped");
    }
}
