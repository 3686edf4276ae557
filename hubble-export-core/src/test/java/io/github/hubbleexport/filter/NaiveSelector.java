package io.github.hubbleexport.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label selectors by regular expressions, over labels taken apart into texts. */
final class NaiveSelector {

    private static final Pattern REQUIREMENTS = Pattern.compile("(?:[^,(]|\\([^)]*\\))+");
    private static final Pattern REQUIREMENT =
            Pattern.compile("\\s*(!?)\\s*([^\\s!=<>(),]+)\\s*(?:(==|=|!=|>|<|in\\b|notin\\b)\\s*(.*))?\\s*");

    private record Label(String source, String key, String value) {

        static Label of(String text) {
            String source = "unspec";
            String rest = text;
            if (text.startsWith("$")) {
                source = "reserved";
                rest = text.substring(1);
            } else if (text.contains(":")) {
                source = text.substring(0, text.indexOf(':'));
                source = source.isEmpty() ? "unspec" : source;
                rest = text.substring(text.indexOf(':') + 1);
            } else if (text.startsWith("reserved.")) {
                source = "reserved";
                rest = text.substring("reserved.".length());
            }
            if (source.equals("reserved") && rest.startsWith("=")) {
                rest = rest.substring(1);
            }
            String[] parts = rest.split("=", 2);
            return new Label(source, parts[0], parts.length > 1 ? parts[1] : "");
        }
    }

    private NaiveSelector() {}

    static boolean anyMatches(List<String> selectors, List<String> labels) {
        List<Label> parsed = labels.stream().map(Label::of).toList();
        return selectors.stream().anyMatch(selector -> matches(selector, parsed));
    }

    private static boolean matches(String selector, List<Label> labels) {
        return selector.isEmpty() || requirements(selector).stream().allMatch(text -> holds(text, labels));
    }

    private static List<String> requirements(String selector) {
        List<String> requirements = new ArrayList<>();
        Matcher matcher = REQUIREMENTS.matcher(selector);
        while (matcher.find()) {
            requirements.add(matcher.group());
        }
        return requirements;
    }

    private static boolean holds(String text, List<Label> labels) {
        Matcher matcher = REQUIREMENT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException("no requirement: " + text);
        }
        String key = Objects.requireNonNull(matcher.group(2));
        Optional<String> value = value(key, labels);
        if (matcher.group(3) == null) {
            return value.isPresent() == Objects.requireNonNull(matcher.group(1)).isEmpty();
        }
        String right = Objects.requireNonNull(matcher.group(4)).strip();
        List<String> values = Arrays.stream(right.replaceAll("[()]", "").split(",", -1))
                .map(String::strip)
                .toList();
        Map<String, Boolean> answers = Map.of(
                "=", value.filter(right::equals).isPresent(),
                "==", value.filter(right::equals).isPresent(),
                "!=", value.filter(right::equals).isEmpty(),
                "in", value.filter(values::contains).isPresent(),
                "notin", value.filter(values::contains).isEmpty(),
                ">", value.filter(one -> compare(one, right) > 0).isPresent(),
                "<", value.filter(one -> compare(one, right) < 0).isPresent());
        return Objects.requireNonNull(answers.get(matcher.group(3)));
    }

    /** 0, which no comparison asks for, when they are not both numbers. */
    private static int compare(String value, String bound) {
        return value.matches("[-+]?[0-9]{1,18}") && bound.matches("[0-9]{1,18}")
                ? Long.compare(Long.parseLong(value), Long.parseLong(bound))
                : 0;
    }

    private static Optional<String> value(String key, List<Label> labels) {
        String full = key.contains(":") ? key.replaceFirst(":", ".") : "any." + key;
        String source = full.substring(0, full.indexOf('.'));
        String name = full.substring(full.indexOf('.') + 1);
        return labels.stream()
                .filter(label -> source.equals("any") || source.equals(label.source()))
                .filter(label -> label.key().equals(name))
                .map(Label::value)
                .findFirst();
    }
}
