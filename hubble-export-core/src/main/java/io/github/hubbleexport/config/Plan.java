package io.github.hubbleexport.config;

import io.github.hubbleexport.problem.Problem;
import java.util.List;

/**
 * What a reload would do. Immutable.
 *
 * @param steps what would become of each entry, those that would be removed last; empty if the file cannot be used
 * @param problems everything that is wrong, with its place
 */
public record Plan(List<Step> steps, List<Problem> problems) {

    /** What would become of an entry. */
    public enum Action {
        /** It would begin. */
        ADD,
        /** It would begin anew with what the file says, or end. */
        CHANGE,
        /** It would end and be gone. */
        REMOVE,
        /** It would not be touched. */
        KEEP,
        /** It could not be built: what is there under its name would go on. */
        FAIL
    }

    /**
     * What would become of one entry.
     *
     * @param name what it is called
     * @param action what would be done
     * @param compiled its filters and mask in their canonical form; empty where nothing would be built
     * @param warnings what is allowed but hardly meant
     */
    public record Step(String name, Action action, String compiled, List<String> warnings) {

        /** Takes a copy of the warnings. */
        public Step {
            warnings = List.copyOf(warnings);
        }
    }

    /** Takes copies. */
    public Plan {
        steps = List.copyOf(steps);
        problems = List.copyOf(problems);
    }

    /** Whether the whole file would come into force. */
    public boolean isClean() {
        return problems.isEmpty();
    }
}
