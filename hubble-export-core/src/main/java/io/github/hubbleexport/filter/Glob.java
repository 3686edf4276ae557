package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/**
 * A pattern for names of hosts and clusters: small letters, digits, hyphens, dots and underscores stand for themselves,
 * a star for any number of them except underscores. Mirrors {@code pkg/hubble/filters/patterns.go}. Immutable.
 */
final class Glob {

    /** Stands where an element of a node name's pattern is left out: one label or more, with dots between them. */
    static final Glob ANY_NAME = new Glob(new byte[0]);

    private static final byte STAR = '*';

    private final byte[] pattern;

    private Glob(byte[] pattern) {
        this.pattern = pattern;
    }

    /** What is wrong with a pattern, or null. Blanks around it, its case and one dot at its end do not matter. */
    static @Nullable String problem(String text) {
        return problem(text, 1);
    }

    /** The same for a pattern that begins at some column of a longer text. */
    static @Nullable String problem(String text, int column) {
        String pattern = canonical(text);
        if (pattern.isEmpty()) {
            return "expected a name or a pattern, got nothing";
        }
        if (pattern.endsWith(".")) {
            return "more than one dot at the end";
        }
        int bad = 0;
        while (bad < pattern.length() && (isLiteral(pattern.charAt(bad)) || pattern.charAt(bad) == STAR)) {
            bad++;
        }
        return bad == pattern.length()
                ? null
                : "column " + (column + text.indexOf(GoText.trimSpace(text)) + bad)
                        + ": expected letters, digits and any of \"-_.*\", found \""
                        + Character.toString(pattern.codePointAt(bad)) + "\"";
    }

    /** A pattern that {@link #problem} finds nothing wrong with. */
    static Glob of(String text) {
        return new Glob(canonical(text).getBytes(US_ASCII));
    }

    private static String canonical(String text) {
        String trimmed = GoText.trimSpace(text);
        return GoText.toLower(trimmed.endsWith(".") ? trimmed.substring(0, trimmed.length() - 1) : trimmed);
    }

    /** Whether the text of the pattern is the only name. */
    boolean isLiteral() {
        return this != ANY_NAME && toString().indexOf(STAR) < 0;
    }

    /** Whether the whole range is such a name. */
    boolean matches(byte[] bytes, int offset, int length) {
        return this == ANY_NAME ? isName(bytes, offset, length) : matchesPattern(bytes, offset, offset + length);
    }

    /**
     * Takes the shortest run for each star and lengthens only the last one: no other one has to change, for what a star
     * cannot stand for lines up with itself in pattern and name.
     */
    private boolean matchesPattern(byte[] bytes, int offset, int end) {
        int at = 0;
        int position = offset;
        int starAt = -1;
        int starEnd = 0;
        while (position < end) {
            if (at < pattern.length && pattern[at] == STAR) {
                starAt = at++;
                starEnd = position;
            } else if (at < pattern.length && pattern[at] == bytes[position]) {
                at++;
                position++;
            } else if (starAt >= 0 && isStarred(bytes[starEnd])) {
                at = starAt + 1;
                position = ++starEnd;
            } else {
                return false;
            }
        }
        while (at < pattern.length && pattern[at] == STAR) {
            at++;
        }
        return at == pattern.length;
    }

    private static boolean isName(byte[] bytes, int offset, int length) {
        boolean afterDot = true;
        for (int i = offset; i < offset + length; i++) {
            boolean isDot = bytes[i] == '.';
            if (isDot ? afterDot : !isLiteral((char) (bytes[i] & 0xff))) {
                return false;
            }
            afterDot = isDot;
        }
        return !afterDot;
    }

    private static boolean isLiteral(char c) {
        return c == '_' || isStarred((byte) (c < 0x80 ? c : 0));
    }

    private static boolean isStarred(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '.';
    }

    @Override
    public String toString() {
        return this == ANY_NAME ? "any name" : new String(pattern, US_ASCII);
    }
}
