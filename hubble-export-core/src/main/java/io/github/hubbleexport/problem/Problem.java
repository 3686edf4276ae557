package io.github.hubbleexport.problem;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a configuration. Immutable.
 *
 * @param path where it stands, in the words of the configuration: {@code allowlist[1].source_ip[0]}
 * @param value what stands there, as text; long values are cut
 * @param reason why it is refused and what was expected
 * @param line the line of the text in which it stands, from 1; 0 when that is not known
 * @param column the column in that line, from 1; 0 when that is not known
 */
public record Problem(String path, String value, String reason, int line, int column) {

    private static final int MAX_VALUE_CHARS = 200;

    /** Cuts a long value: a message is for people. */
    public Problem {
        requireNonNull(path, "path");
        requireNonNull(reason, "reason");
        if (value.length() > MAX_VALUE_CHARS) {
            value = value.substring(0, MAX_VALUE_CHARS) + "… (" + value.length() + " characters)";
        }
    }

    /** A problem of which only the path is known. */
    public Problem(String path, String value, String reason) {
        this(path, value, reason, 0, 0);
    }

    /** The problem as one line: {@code path: reason (line 3, column 5): "value"}. */
    @Override
    public String toString() {
        String place = line == 0 ? "" : " (line " + line + ", column " + column + ")";
        return path + ": " + reason + place + (value.isEmpty() ? "" : ": \"" + value + "\"");
    }
}
