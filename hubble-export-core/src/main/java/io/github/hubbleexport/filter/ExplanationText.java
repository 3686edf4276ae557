package io.github.hubbleexport.filter;

import io.github.hubbleexport.filter.Explanation.FilterResult;
import io.github.hubbleexport.filter.Explanation.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Explanations for people. */
final class ExplanationText {

    /** How many wanted values a line shows. */
    private static final int MAX_WANTED = 5;

    private static final int MAX_CHARS = 200;

    private ExplanationText() {}

    static String of(Explanation explanation) {
        StringBuilder out = new StringBuilder(explanation.summary());
        explanation.allowlist().forEach(result -> out.append("\n  ").append(result));
        explanation.denylist().forEach(result -> out.append("\n  ").append(result));
        return out.toString();
    }

    static String summary(Explanation explanation) {
        String decision = explanation.passes() ? "passes: " : "does not pass: ";
        return decision + reason(explanation.allowlist(), explanation.denylist());
    }

    private static String reason(List<FilterResult> allow, List<FilterResult> deny) {
        if (allow.isEmpty() && deny.isEmpty()) {
            return "there are no filters";
        }
        Optional<FilterResult> allowed = firstMatch(allow);
        if (!allow.isEmpty() && allowed.isEmpty()) {
            return "no filter of the " + FilterList.ALLOW + " matched";
        }
        String denied = firstMatch(deny)
                .map(result -> result.path() + " matched")
                .orElse("no filter of the " + FilterList.DENY + " matched");
        boolean isDenied = firstMatch(deny).isPresent();
        return isDenied || allowed.isEmpty()
                ? denied
                : allowed.get().path() + " matched" + (deny.isEmpty() ? "" : " and " + denied);
    }

    private static Optional<FilterResult> firstMatch(List<FilterResult> results) {
        return results.stream().filter(FilterResult::matched).findFirst();
    }

    static String of(FilterResult result) {
        String outcome = result.matched() ? " matched" : " did not match";
        String name = result.isPredicate() ? " (the predicate " + quoted(result.filter()) + ")" : "";
        String reason = result.refusal()
                .map(refusal -> ": " + refusal)
                .orElse(result.isPredicate() ? "" : ": " + cut(result.filter()));
        return result.path() + name + outcome + reason;
    }

    static String of(Refusal refusal) {
        String found = refusal.found();
        return refusal.field() + (found == null ? " is not there" : " is " + quoted(found)) + ", wanted "
                + wanted(refusal.wanted());
    }

    private static String wanted(List<String> values) {
        String shown =
                values.stream().limit(MAX_WANTED).map(ExplanationText::quoted).collect(Collectors.joining(" or "));
        int more = values.size() - MAX_WANTED;
        return more > 0 ? shown + " or one of " + more + " more" : shown;
    }

    private static String quoted(String text) {
        return FilterText.quoted(cut(text));
    }

    private static String cut(String text) {
        return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
    }
}
