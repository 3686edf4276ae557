package io.github.hubbleexport.filter;

import java.util.Arrays;

/** What keys and values of labels may look like in Kubernetes: {@code IsQualifiedName} and {@code IsValidLabelValue}. */
final class LabelSyntax {

    private static final int MAX_NAME = 63;
    private static final int MAX_DOMAIN = 253;

    private LabelSyntax() {}

    /** Checks a key with its source, joined by a dot, and takes them apart at the first dot. */
    static LabelKey key(SelectorToken token) throws SelectorException {
        String text = token.text();
        int slash = text.indexOf('/');
        String name = text.substring(slash + 1);
        if (slash >= 0 && !isDomain(text.substring(0, slash))) {
            throw new SelectorException(
                    token.column(),
                    "before the slash of a key stands a domain of small letters, digits, \"-\" and \".\"");
        }
        if (!isName(name)) {
            throw new SelectorException(
                    token.column(),
                    "a key has at most " + MAX_NAME
                            + " letters, digits and any of \"-_.\", the last of them a letter or"
                            + " digit, and at most one slash");
        }
        int dot = text.indexOf('.');
        String source = dot < 0 ? LabelKey.ANY : text.substring(0, dot);
        return new LabelKey(source, text.substring(dot + 1));
    }

    static String value(SelectorToken token) throws SelectorException {
        String value = token.text();
        if (!isName(value)) {
            throw new SelectorException(
                    token.column(),
                    "a value has at most " + MAX_NAME
                            + " letters, digits and any of \"-_.\", the first and last of them a letter or digit");
        }
        return value;
    }

    /** Letters, digits and some signs, with a letter or digit at both ends. */
    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_NAME
                && isLetterOrDigit(text.charAt(0))
                && isLetterOrDigit(text.charAt(text.length() - 1))
                && text.chars().allMatch(c -> isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
    }

    /** Labels with dots between them. */
    private static boolean isDomain(String text) {
        return text.length() <= MAX_DOMAIN
                && Arrays.stream(text.split("\\.", -1)).allMatch(LabelSyntax::isDomainLabel);
    }

    private static boolean isDomainLabel(String text) {
        return !text.isEmpty()
                && text.charAt(0) != '-'
                && text.charAt(text.length() - 1) != '-'
                && text.chars().allMatch(c -> isSmallLetterOrDigit(c) || c == '-');
    }

    private static boolean isLetterOrDigit(int c) {
        return isSmallLetterOrDigit(c) || (c >= 'A' && c <= 'Z');
    }

    private static boolean isSmallLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /** Whether a valid value is a number of 64 bits; it has no sign, because a value cannot begin with one. */
    static boolean isNumber(String value) {
        try {
            Long.parseLong(value);
            return value.chars().allMatch(c -> c >= '0' && c <= '9');
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
