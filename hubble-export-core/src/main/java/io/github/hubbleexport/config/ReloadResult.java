package io.github.hubbleexport.config;

import io.github.hubbleexport.problem.Problem;
import java.util.List;

/**
 * What a reload did. Immutable.
 *
 * @param outcome in one word
 * @param added entries that are new
 * @param changed entries that say something else than before, or have ended or resumed
 * @param removed entries that are gone
 * @param kept entries that were not touched
 * @param failed entries that could not be built; one that was there before goes on as it was
 * @param problems what is wrong, with its place
 */
public record ReloadResult(
        Outcome outcome,
        List<String> added,
        List<String> changed,
        List<String> removed,
        List<String> kept,
        List<String> failed,
        List<Problem> problems) {

    /** What a reload came to. */
    public enum Outcome {
        /** The file says what it said before. */
        UNCHANGED,
        /** Everything that the file says is in force. */
        APPLIED,
        /** Everything is in force except the entries that failed. */
        APPLIED_IN_PART,
        /** The file cannot be used; everything is as it was. */
        REFUSED
    }

    static final ReloadResult UNCHANGED =
            new ReloadResult(Outcome.UNCHANGED, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /** Takes copies of the lists. */
    public ReloadResult {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
        kept = List.copyOf(kept);
        failed = List.copyOf(failed);
        problems = List.copyOf(problems);
    }

    static ReloadResult refused(List<Problem> problems) {
        return new ReloadResult(Outcome.REFUSED, List.of(), List.of(), List.of(), List.of(), List.of(), problems);
    }

    /** Whether anything is in force now that was not before. */
    boolean changedAnything() {
        return !(added.isEmpty() && changed.isEmpty() && removed.isEmpty());
    }
}
