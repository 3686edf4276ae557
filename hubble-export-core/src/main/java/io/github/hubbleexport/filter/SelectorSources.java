package io.github.hubbleexport.filter;

import java.util.Arrays;
import java.util.List;

/**
 * Writes the sources of keys the way Kubernetes' grammar can read them: {@code k8s:app} becomes {@code k8s.app}, and
 * {@code app} becomes {@code any.app}. Mirrors {@code pkg/hubble/filters/labelparser.go}, step by step, because what is
 * a key there decides what is an error later.
 */
final class SelectorSources {

    private static final String ANY = "any.";

    private final String in;
    private final StringBuilder out = new StringBuilder();
    private int[] columns;
    private int position;

    private SelectorSources(String in) {
        this.in = in;
        this.columns = new int[in.length() + 1];
    }

    static SelectorSources translate(String selector) {
        SelectorSources sources = new SelectorSources(selector);
        while (sources.position < selector.length()) {
            sources.copyUpToKey();
            sources.translateKey();
            sources.copyThroughComma();
        }
        sources.note(selector.length());
        return sources;
    }

    List<SelectorToken> tokens() {
        return SelectorToken.split(out, columns);
    }

    private void copyUpToKey() {
        while (position < in.length() && (GoText.isSpace(in.charAt(position)) || in.charAt(position) == '!')) {
            copy();
        }
    }

    private void translateKey() {
        int start = position;
        while (position < in.length() && !isKeyEnd(in.charAt(position))) {
            position++;
        }
        String key = in.substring(start, position);
        String translated = key.indexOf(':') < 0 ? ANY + key : key.replaceFirst(":", ".");
        int added = translated.length() - key.length();
        for (int i = 0; i < translated.length(); i++) {
            note(start + Math.max(0, i - added));
            out.append(translated.charAt(i));
        }
    }

    private static boolean isKeyEnd(char c) {
        return GoText.isSpace(c) || c == '=' || c == '!' || c == ',';
    }

    /** Commas in parentheses do not end a requirement. */
    private void copyThroughComma() {
        int depth = 0;
        while (position < in.length()) {
            char c = in.charAt(position);
            copy();
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                return;
            }
        }
    }

    private void copy() {
        note(position);
        out.append(in.charAt(position++));
    }

    /** Notes where the next character of the output comes from. */
    private void note(int origin) {
        if (out.length() >= columns.length) {
            columns = Arrays.copyOf(columns, 2 * columns.length + ANY.length());
        }
        columns[out.length()] = origin + 1;
    }
}
