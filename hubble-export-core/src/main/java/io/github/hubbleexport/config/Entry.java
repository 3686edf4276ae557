package io.github.hubbleexport.config;

import io.github.hubbleexport.document.Node;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * An entry together with where it stands. Immutable.
 *
 * @param path what problems call it, such as {@code flowLogs[1]}
 * @param node what it was read from; null: it was made in Java
 */
record Entry(FlowLogConfig config, String path, @Nullable Node node) {

    /**
     * Adds a problem of this entry.
     *
     * @param way from the entry to what is wrong, such as {@code .name}
     */
    void refuse(String way, String value, String reason, Problems problems) {
        Node at = node == null ? null : node.find(way);
        problems.add(path + way, value, reason, at == null ? 0 : at.line(), at == null ? 0 : at.column());
    }

    /** Adds a problem that a part found, which calls its place by another name than this entry does. */
    void adopt(Problem problem, String theirName, String ourName, Problems problems) {
        String rest = problem.path().startsWith(theirName) ? problem.path().substring(theirName.length()) : "";
        refuse("." + ourName + rest, problem.value(), problem.reason(), problems);
    }
}
