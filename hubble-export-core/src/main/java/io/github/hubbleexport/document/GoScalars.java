package io.github.hubbleexport.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.hubbleexport.document.Node.Kind;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a scalar of YAML is, by the rules of Go's {@code yaml.v2} ({@code resolve.go}): YAML 1.1 with the changes that Go
 * made to it. Times and numbers to the base of 60 are texts.
 */
final class GoScalars {

    /** The tags that decide what a scalar is, in their short form; all others leave its text as it is. */
    static final String BOOL = "!!bool";

    static final String INT = "!!int";
    static final String FLOAT = "!!float";
    static final String NULL = "!!null";
    static final String BINARY = "!!binary";

    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
    private static final Map<String, Double> ODD_FLOATS = Map.ofEntries(
            Map.entry(".nan", Double.NaN),
            Map.entry(".NaN", Double.NaN),
            Map.entry(".NAN", Double.NaN),
            Map.entry(".inf", Double.POSITIVE_INFINITY),
            Map.entry(".Inf", Double.POSITIVE_INFINITY),
            Map.entry(".INF", Double.POSITIVE_INFINITY),
            Map.entry("+.inf", Double.POSITIVE_INFINITY),
            Map.entry("+.Inf", Double.POSITIVE_INFINITY),
            Map.entry("+.INF", Double.POSITIVE_INFINITY),
            Map.entry("-.inf", Double.NEGATIVE_INFINITY),
            Map.entry("-.Inf", Double.NEGATIVE_INFINITY),
            Map.entry("-.INF", Double.NEGATIVE_INFINITY));
    private static final Pattern FLOATING =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");

    private GoScalars() {}

    /** A scalar without quotes and without a tag. */
    static Node plain(String text, int line, int column) {
        if (NOTHING.contains(text)) {
            return Node.scalar(Kind.NULL, null, line, column);
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return Node.scalar(Kind.BOOLEAN, TRUE.contains(text), line, column);
        }
        Double odd = ODD_FLOATS.get(text);
        Node number = odd == null ? number(text, line, column) : Node.scalar(Kind.FLOAT, odd, line, column);
        return number == null ? Node.scalar(Kind.TEXT, text, line, column) : number;
    }

    private static @Nullable Node number(String text, int line, int column) {
        char first = text.charAt(0);
        boolean isDigitOrSign = (first >= '0' && first <= '9') || first == '-' || first == '+';
        if (!isDigitOrSign && first != '.') {
            return null;
        }
        // Underscores are for the reader of the file, except in what begins with a dot.
        String digits = isDigitOrSign ? text.replace("_", "") : text;
        BigInteger integer = GoNumbers.integer(digits);
        if (integer != null) {
            return Node.scalar(Kind.INTEGER, integer, line, column);
        }
        boolean isFloat = FLOATING.matcher(digits).matches() && !Double.isInfinite(Double.parseDouble(digits));
        return isFloat ? Node.scalar(Kind.FLOAT, Double.parseDouble(digits), line, column) : null;
    }

    /** A scalar with a tag, in quotes or without; null if it is not what the tag says. */
    static @Nullable Node tagged(String tag, String text, int line, int column) {
        Node plain = plain(text, line, column);
        return switch (tag) {
            case BOOL -> plain.is(Kind.BOOLEAN) ? plain : null;
            case INT -> plain.is(Kind.INTEGER) ? plain : null;
            case NULL -> plain.is(Kind.NULL) ? plain : null;
            case FLOAT -> floating(plain);
            case BINARY -> binary(text, line, column);
            default -> Node.scalar(Kind.TEXT, text, line, column);
        };
    }

    private static @Nullable Node floating(Node plain) {
        if (plain.is(Kind.INTEGER)) {
            return Node.scalar(Kind.FLOAT, new BigInteger(plain.text()).doubleValue(), plain.line(), plain.column());
        }
        return plain.is(Kind.FLOAT) ? plain : null;
    }

    private static @Nullable Node binary(String text, int line, int column) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replaceAll("[\\r\\n]", ""));
            return Node.scalar(Kind.TEXT, new String(bytes, UTF_8), line, column);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /** The text of a map's key; null for what cannot be one. */
    static @Nullable String key(Node key) {
        if (key.is(Kind.NULL) || key.is(Kind.LIST) || key.is(Kind.MAP)) {
            return null;
        }
        String text = key.text();
        if (!key.is(Kind.FLOAT)) {
            return text;
        }
        return switch (text) {
            case "+Inf" -> ".inf";
            case "-Inf" -> "-.inf";
            case "NaN" -> ".nan";
            default -> text;
        };
    }
}
