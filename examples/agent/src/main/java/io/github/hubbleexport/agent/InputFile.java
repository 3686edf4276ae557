package io.github.hubbleexport.agent;

import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.problem.Problems;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Where events come from: a file, or standard input. */
final class InputFile {

    static final String FLAG = "--input";
    static final String STDIN = "-";

    private InputFile() {}

    /** Whether it can be opened, as far as that can be told before. */
    static void check(String input, Problems problems) {
        String reason = input.equals(STDIN) ? null : unreadable(new File(input));
        if (reason != null) {
            problems.add(FLAG, input, reason);
        }
    }

    /** As {@link #check}, where a folder with files will do as well. */
    static void checkFileOrFolder(String input, Problems problems) {
        String reason = input.equals(STDIN) ? null : absent(new File(input));
        if (reason != null) {
            problems.add(FLAG, input, reason);
        }
    }

    private static @Nullable String unreadable(File file) {
        return file.isDirectory() ? "is a folder; name a file in it" : absent(file);
    }

    private static @Nullable String absent(File file) {
        if (!file.exists()) {
            return "there is no such file";
        }
        return file.canRead() ? null : "may not be read";
    }

    static InputStream open(String input, Host host) throws FileNotFoundException {
        return input.equals(STDIN) ? host.in() : new FileInputStream(input);
    }

    /** What to say when it could not be opened after all. */
    static Problem unopened(String input, FileNotFoundException e) {
        return new Problem(FLAG, input, "cannot be read: " + e.getMessage());
    }
}
