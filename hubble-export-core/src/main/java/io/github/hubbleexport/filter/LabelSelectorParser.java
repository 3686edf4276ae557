package io.github.hubbleexport.filter;

import io.github.hubbleexport.filter.LabelRequirement.Operator;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses label selectors: {@code app=web, k8s:tier in (a, b), !gone, weight>5}. Keys and values follow the rules of
 * Kubernetes' {@code apimachinery/pkg/labels}; sources follow {@code pkg/hubble/filters/labelparser.go}, which writes
 * {@code k8s:app} as {@code k8s.app}, and {@code app} as {@code any.app}, before Kubernetes' parser reads it.
 */
final class LabelSelectorParser {

    private final List<SelectorToken> tokens;
    private int next;

    private LabelSelectorParser(List<SelectorToken> tokens) {
        this.tokens = tokens;
    }

    /**
     * Parses a selector.
     *
     * @throws SelectorException if it is none
     */
    static LabelSelector parse(String selector) throws SelectorException {
        return new LabelSelectorParser(SelectorSources.translate(selector).tokens()).selector();
    }

    private LabelSelector selector() throws SelectorException {
        List<LabelRequirement> requirements = new ArrayList<>();
        if (peek().isEnd()) {
            return new LabelSelector(requirements);
        }
        do {
            requirements.add(requirement());
        } while (isNextComma());
        return new LabelSelector(requirements);
    }

    private boolean isNextComma() throws SelectorException {
        SelectorToken token = take();
        if (!token.isSign(",") && !token.isEnd()) {
            throw expected("a comma or the end", token);
        }
        return !token.isEnd();
    }

    private LabelRequirement requirement() throws SelectorException {
        boolean isNegated = peek().isSign("!");
        if (isNegated) {
            take();
        }
        SelectorToken word = take();
        if (!word.isWord()) {
            throw expected("a key", word);
        }
        LabelKey key = LabelSyntax.key(word);
        if (peek().isEnd() || peek().isSign(",")) {
            return new LabelRequirement(key, isNegated ? Operator.DOES_NOT_EXIST : Operator.EXISTS, List.of());
        }
        if (isNegated) {
            throw expected("a comma or the end", peek());
        }
        return comparison(key);
    }

    private LabelRequirement comparison(LabelKey key) throws SelectorException {
        SelectorToken operator = take();
        return switch (operator.text()) {
            case "=", "==" -> new LabelRequirement(key, Operator.IN, List.of(exactValue()));
            case "!=" -> new LabelRequirement(key, Operator.NOT_IN, List.of(exactValue()));
            case ">" -> new LabelRequirement(key, Operator.GREATER, List.of(number()));
            case "<" -> new LabelRequirement(key, Operator.LESS, List.of(number()));
            case "in" -> new LabelRequirement(key, Operator.IN, values());
            case "notin" -> new LabelRequirement(key, Operator.NOT_IN, values());
            default -> throw expected("an operator (=, ==, !=, in, notin, <, >), a comma or the end", operator);
        };
    }

    private String exactValue() throws SelectorException {
        if (peek().isEnd() || peek().isSign(",")) {
            return "";
        }
        SelectorToken value = take();
        if (!value.isWord()) {
            throw expected("a value", value);
        }
        return LabelSyntax.value(value);
    }

    private String number() throws SelectorException {
        SelectorToken at = peek();
        String value = exactValue();
        if (!LabelSyntax.isNumber(value)) {
            throw expected("a whole number", at);
        }
        return value;
    }

    /** A list in parentheses. */
    private List<String> values() throws SelectorException {
        SelectorToken open = take();
        if (!open.isSign("(")) {
            throw expected("an opening parenthesis", open);
        }
        List<String> values = new ArrayList<>();
        SelectorToken behind;
        do {
            values.add(peek().isWord() ? LabelSyntax.value(take()) : "");
            behind = take();
        } while (behind.isSign(","));
        if (!behind.isSign(")")) {
            throw expected("a comma or a closing parenthesis", behind);
        }
        return values;
    }

    private SelectorToken peek() {
        return tokens.get(next);
    }

    /** The end can be taken any number of times. */
    private SelectorToken take() {
        SelectorToken token = tokens.get(next);
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    private static SelectorException expected(String what, SelectorToken found) {
        return new SelectorException(found.column(), "expected " + what + ", found " + found);
    }
}
