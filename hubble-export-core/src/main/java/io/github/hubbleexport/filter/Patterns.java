package io.github.hubbleexport.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Regular expressions in the syntax of RE2, found anywhere in a text in linear time: DNS queries, URLs and the paths of
 * URLs. Mirrors {@code filterByDNSQueries} of {@code pkg/hubble/filters/fqdn.go} and the same of {@code http.go}.
 *
 * <p>The matcher works on texts, so this clause makes one; it runs after all others of its filter, and only for events
 * that have the field.
 */
final class Patterns extends Clause {

    /** As deep as Go's parser goes. */
    private static final int MAX_DEPTH = 1000;

    /** What of an event is compared. */
    private enum Subject {
        /** The whole text, even an empty one, where the message around it is there. */
        QUERY,
        /** The whole text, unless it is empty. */
        URL,
        /** The path of a URL, unless Go cannot parse it. */
        PATH
    }

    private final Subject subject;
    private final int message;
    private final int slot;
    private final List<Pattern> patterns;

    private Patterns(Subject subject, int message, int slot, List<Pattern> patterns) {
        this.subject = subject;
        this.message = message;
        this.slot = slot;
        this.patterns = patterns;
    }

    static Clause dnsQueries(FieldScope scope) {
        return new Patterns(Subject.QUERY, Slots.of("flow.l7.dns"), Slots.of("flow.l7.dns.query"), compile(scope));
    }

    static Clause httpUrls(FieldScope scope) {
        Http.checkEventTypes(scope);
        return new Patterns(Subject.URL, Http.MESSAGE, Http.URL, compile(scope));
    }

    static Clause httpPaths(FieldScope scope) {
        Http.checkEventTypes(scope);
        return new Patterns(Subject.PATH, Http.MESSAGE, Http.URL, compile(scope));
    }

    private static List<Pattern> compile(FieldScope scope) {
        List<Pattern> patterns = new ArrayList<>();
        List<String> values = scope.texts();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            if (depth(value) > MAX_DEPTH) {
                scope.refuse(i, value, "a regular expression with more than " + MAX_DEPTH + " levels of parentheses");
                continue;
            }
            try {
                patterns.add(Pattern.compile(value));
            } catch (PatternSyntaxException e) {
                scope.refuse(i, value, problem(value, e));
            }
        }
        return List.copyOf(patterns);
    }

    /** The parser tells what stands at the fault, not where; that is known if it stands nowhere else. */
    private static String problem(String value, PatternSyntaxException e) {
        String fragment = e.getPattern();
        int index = fragment == null || fragment.equals(value) ? -1 : value.indexOf(fragment);
        boolean isUnique = index >= 0 && value.indexOf(fragment, index + 1) < 0;
        return (isUnique ? "column " + (index + 1) + ": " : "") + "not a regular expression of RE2: "
                + e.getDescription() + " at \"" + fragment + "\"";
    }

    /** An upper bound for the nesting: the parser and its later steps are recursive. */
    private static int depth(String pattern) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < pattern.length(); i++) {
            switch (pattern.charAt(i)) {
                case '\\' -> i++;
                case '(' -> deepest = Math.max(deepest, ++depth);
                case ')' -> depth--;
                default -> {}
            }
        }
        return deepest;
    }

    @Override
    boolean test(ScannedEvent event) {
        if (!event.has(message)) {
            return false;
        }
        String text = text(event);
        if (text == null) {
            return false;
        }
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matcher(text).find()) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String text(ScannedEvent event) {
        int length = event.length(slot);
        if (length == 0 && subject != Subject.QUERY) {
            return null;
        }
        return subject == Subject.PATH
                ? GoUrl.path(event.bytes(), event.offset(slot), length)
                : GoText.decode(event.bytes(), event.offset(slot), length);
    }

    @Override
    void wants(BitSet slots) {
        slots.set(message);
        slots.set(slot);
    }

    @Override
    Cost cost() {
        return Cost.PATTERN;
    }

    @Override
    public String toString() {
        return Slots.name(slot) + (subject == Subject.PATH ? " (path)" : "") + " like " + patterns;
    }
}
