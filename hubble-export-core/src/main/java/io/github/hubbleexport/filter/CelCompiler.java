package io.github.hubbleexport.filter;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelContainer;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.Flow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles expressions of CEL in the environment that Hubble gives them: the variable {@code _flow}, names looked up in
 * the package {@code flow}, the standard functions and macros, and no extensions.
 */
final class CelCompiler {

    /** Of all loops of one evaluation together. */
    private static final int MAX_ITERATIONS = 100_000;

    /** Instructions of a pattern that an expression matches; patterns may come out of the flow. */
    private static final int MAX_PATTERN_SIZE = 20_000;

    private static final int MAX_CODE_POINTS = 100_000;
    private static final int MAX_DEPTH = 250;

    private static final Cel CEL = CelFactory.legacyCelBuilder()
            .setOptions(options())
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setContainer(CelContainer.ofName(Flow.getDescriptor().getFile().getPackage()))
            .addMessageTypes(Flow.getDescriptor())
            .addVar(
                    CelClause.VARIABLE,
                    StructTypeReference.create(Flow.getDescriptor().getFullName()))
            .build();

    private CelCompiler() {}

    /** The first two limits are those of Hubble's own library; it has none for the others. */
    private static CelOptions options() {
        return CelOptions.current()
                .maxExpressionCodePointSize(MAX_CODE_POINTS)
                .maxParseRecursionDepth(MAX_DEPTH)
                .enableQuotedIdentifierSyntax(false)
                .comprehensionMaxIterations(MAX_ITERATIONS)
                .maxRegexProgramSize(MAX_PATTERN_SIZE)
                .build();
    }

    /** See {@link CelExpressions#compile}. */
    static @Nullable Clause compile(List<String> expressions, String path, Problems problems) {
        List<Program> programs = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            Program program = program(expressions.get(i), path + "[" + i + "]", problems);
            if (program != null) {
                programs.add(program);
            }
        }
        return programs.size() == expressions.size() ? new CelClause(expressions, programs) : null;
    }

    private static @Nullable Program program(String expression, String path, Problems problems) {
        try {
            CelValidationResult result = CEL.compile(expression);
            if (result.hasError()) {
                List<CelIssue> issues = result.getErrors();
                issues.forEach(issue -> problems.add(path, expression, reason(issue)));
                return null;
            }
            return program(result.getAst(), expression, path, problems);
        } catch (CelValidationException | CelEvaluationException e) {
            problems.add(path, expression, "not an expression of CEL: " + e.getMessage());
            return null;
        }
    }

    /** A boolean that may be null, or of a type that is only known at run time, is no boolean to Go. */
    private static @Nullable Program program(
            CelAbstractSyntaxTree tree, String expression, String path, Problems problems)
            throws CelEvaluationException {
        CelType type = tree.getResultType();
        if (!type.equals(SimpleType.BOOL)) {
            problems.add(path, expression, "expected an expression that is a bool, found one that is a " + type.name());
            return null;
        }
        return CEL.createProgram(tree);
    }

    private static String reason(CelIssue issue) {
        CelSourceLocation place = issue.getSourceLocation();
        String line = place.getLine() > 1 ? "line " + place.getLine() + ", " : "";
        return line + "column " + (place.getColumn() + 1) + ": " + issue.getMessage();
    }
}
