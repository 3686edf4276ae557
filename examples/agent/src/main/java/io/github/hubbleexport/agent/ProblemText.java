package io.github.hubbleexport.agent;

import io.github.hubbleexport.problem.Problem;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Prints problems for somebody who wrote flags: one a line, under the flags' names. */
final class ProblemText {

    private static final Map<String, String> FLAGS = Map.of(
            "filePath", FileOptions.PATH_FLAG,
            "maxFileSizeMb", FileOptions.SIZE_FLAG,
            "maxBackups", FileOptions.BACKUPS_FLAG);

    private ProblemText() {}

    /** Prints them all and returns the exit code for a bad configuration. */
    static int print(List<Problem> problems, PrintWriter err) {
        problems.forEach(problem -> err.println(line(problem)));
        err.flush();
        return HubbleExportAgent.BAD_USAGE;
    }

    private static String line(Problem problem) {
        String path = FLAGS.getOrDefault(problem.path(), problem.path());
        return new Problem(path, problem.value(), problem.reason(), problem.line(), problem.column())
                .toString()
                .replace("\r", "\\r")
                .replace("\n", "\\n");
    }
}
