package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import java.util.List;

/** What is said about lists that cannot be used. */
final class Refusals {

    private Refusals() {}

    static List<Problem> of(String allow, String deny) {
        return catchThrowableOfType(ConfigException.class, () -> FlowFilters.parse(allow, deny))
                .problems();
    }

    /** The only problem of an allow list. */
    static Problem single(String allow) {
        List<Problem> problems = of(allow, "");
        if (problems.size() != 1) {
            throw new AssertionError("not one problem: " + problems);
        }
        return problems.get(0);
    }
}
