package io.github.hubbleexport.filter;

import java.util.ArrayList;
import java.util.List;

/** A word or a sign of a label selector, and the column where it begins, from 1. */
record SelectorToken(Kind kind, String text, int column) {

    enum Kind {
        WORD,
        /** One of {@code = == != < > ! ( ) ,}. */
        SIGN,
        END
    }

    private static final String SIGNS = "=!(),><";
    private static final List<String> DOUBLE_SIGNS = List.of("==", "!=");

    /**
     * Splits a selector. The source prefix of a key is part of its word.
     *
     * @param columns the column of each character and of the end
     */
    static List<SelectorToken> split(CharSequence selector, int[] columns) {
        List<SelectorToken> tokens = new ArrayList<>();
        int position = 0;
        while (position < selector.length()) {
            char c = selector.charAt(position);
            if (isBlank(c)) {
                position++;
                continue;
            }
            int end = SIGNS.indexOf(c) >= 0 ? signEnd(selector, position) : wordEnd(selector, position);
            Kind kind = SIGNS.indexOf(c) >= 0 ? Kind.SIGN : Kind.WORD;
            tokens.add(
                    new SelectorToken(kind, selector.subSequence(position, end).toString(), columns[position]));
            position = end;
        }
        tokens.add(new SelectorToken(Kind.END, "", columns[selector.length()]));
        return tokens;
    }

    private static int signEnd(CharSequence selector, int start) {
        boolean isDouble = start + 1 < selector.length()
                && DOUBLE_SIGNS.contains(selector.subSequence(start, start + 2).toString());
        return start + (isDouble ? 2 : 1);
    }

    private static int wordEnd(CharSequence selector, int start) {
        int end = start;
        while (end < selector.length() && !isBlank(selector.charAt(end)) && SIGNS.indexOf(selector.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isEnd() {
        return kind == Kind.END;
    }

    @Override
    public String toString() {
        return kind == Kind.END ? "the end" : "\"" + text + "\"";
    }
}
