package io.github.hubbleexport.filter;

import io.github.hubbleexport.problem.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The door to {@code experimental.cel_expression}. Only {@link CelCompiler} and {@link CelClause} behind it know the
 * optional {@code dev.cel:cel}, and they are loaded when a filter holds an expression.
 */
final class CelExpressions {

    static final String ARTIFACT = "dev.cel:cel";

    private CelExpressions() {}

    /**
     * Compiles the expressions of a filter.
     *
     * @param path where they stand
     * @param problems takes what is wrong with them
     * @return the clause, or null if anything is wrong
     */
    static @Nullable Clause compile(List<String> expressions, String path, Problems problems) {
        try {
            readClassPath();
            return CelCompiler.compile(expressions, path, problems);
        } catch (LinkageError e) {
            problems.add(
                    path,
                    String.join(", ", expressions),
                    "to use expressions of CEL, add " + ARTIFACT + " with all it needs to the class path (" + e + ")");
            return null;
        }
    }

    /** The jars of CEL share packages, so they cannot be modules; core as a module has to ask for the class path. */
    private static void readClassPath() {
        ClassLoader loader = CelExpressions.class.getClassLoader();
        CelExpressions.class.getModule().addReads(loader.getUnnamedModule());
    }
}
