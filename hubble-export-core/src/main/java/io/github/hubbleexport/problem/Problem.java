package io.github.hubbleexport.problem;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a configuration. Immutable.
 *
 * @param path where it stands, in the words of the configuration: {@code allowlist[1].source_ip[0]}
 * @param value what stands there, as text; long values are cut
 * @param reason why it is refused and what was expected
 */
public record Problem(String path, String value, String reason) {

    private static final int MAX_VALUE_CHARS = 200;

    /** Cuts a long value: a message is for people. */
    public Problem {
        requireNonNull(path, "path");
        requireNonNull(reason, "reason");
        if (value.length() > MAX_VALUE_CHARS) {
            value = value.substring(0, MAX_VALUE_CHARS) + "… (" + value.length() + " characters)";
        }
    }

    /** The problem as one line: {@code path: reason: "value"}. */
    @Override
    public String toString() {
        return value.isEmpty() ? path + ": " + reason : path + ": " + reason + ": \"" + value + "\"";
    }
}
