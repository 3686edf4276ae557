package io.github.hubbleexport.filter;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why an event passes filters or does not: what each filter of each list said, whether or not it was asked in the end.
 * Made by {@link FlowFilters#explain}. Immutable; holds no reference to the event. {@link #toString()} tells people.
 *
 * @param eventKind the kind of the event: {@code flow}, {@code node_status}, {@code lost_events}, {@code agent_event},
 *     {@code debug_event} or {@code empty}
 * @param passes the decision, the same as that of {@link FlowFilters#matches}
 * @param allowlist one result a filter, in the order of the list
 * @param denylist one result a filter, in the order of the list
 */
public record Explanation(String eventKind, boolean passes, List<FilterResult> allowlist, List<FilterResult> denylist) {

    /** Copies the lists. */
    public Explanation {
        allowlist = List.copyOf(allowlist);
        denylist = List.copyOf(denylist);
    }

    /**
     * What one filter said.
     *
     * @param path where it stands, as in problems: {@code allowlist[2]}
     * @param filter its JSON, or the name of a predicate
     * @param isPredicate whether it is an {@link EventPredicate}, which gives no reasons
     * @param matched whether it matched
     * @param refusedBy the first of its fields, in the order of {@code flow.proto}, that did not match; null if it
     *     matched and for predicates
     */
    public record FilterResult(
            String path,
            String filter,
            boolean isPredicate,
            boolean matched,
            @Nullable Refusal refusedBy) {

        /** The first field that did not match, if a field is to blame. */
        public Optional<Refusal> refusal() {
            return Optional.ofNullable(refusedBy);
        }

        @Override
        public String toString() {
            return ExplanationText.of(this);
        }
    }

    /**
     * A field of a filter that did not match.
     *
     * @param field its name as in {@code flow.proto}
     * @param wanted the values of which one would have been enough: texts as they are, the rest as in JSON
     * @param found what the event has in their place; null if it has nothing there
     */
    public record Refusal(
            String field, List<String> wanted, @Nullable String found) {

        /** Copies the list. */
        public Refusal {
            wanted = List.copyOf(wanted);
        }

        @Override
        public String toString() {
            return ExplanationText.of(this);
        }
    }

    /** The decision and what it follows from, in one line: {@code does not pass: denylist[0] matched}. */
    public String summary() {
        return ExplanationText.summary(this);
    }

    /**
     * Everything as one JSON object on one line, with the members {@code passes}, {@code summary}, {@code event_kind},
     * {@code allowlist} and {@code denylist}. Each of the lists has objects with {@code path}, {@code filter} (or
     * {@code predicate}), {@code matched} and, if a field is to blame, {@code refused_by} with {@code field},
     * {@code wanted} and {@code found}.
     */
    public String toJson() {
        return ExplanationJson.of(this);
    }

    /** The summary and, behind it, one indented line for each filter; long values are cut. No line break at the end. */
    @Override
    public String toString() {
        return ExplanationText.of(this);
    }
}
