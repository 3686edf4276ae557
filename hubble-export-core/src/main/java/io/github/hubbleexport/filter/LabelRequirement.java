package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.WireFields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a selector asks of one key. The first label with the key decides. Mirrors {@code Requirement} of Kubernetes'
 * {@code apimachinery/pkg/labels}. Immutable.
 */
final class LabelRequirement {

    /** How key and values are related. */
    enum Operator {
        EXISTS(""),
        DOES_NOT_EXIST("!"),
        IN(" in "),
        NOT_IN(" notin "),
        GREATER(">"),
        LESS("<");

        private final String text;

        Operator(String text) {
            this.text = text;
        }
    }

    private final LabelKey key;
    private final Operator operator;
    private final List<String> texts;
    private final ByteSet values;
    private final long bound;

    /**
     * A requirement.
     *
     * @param values none for the operators of existence, a decimal number for those that compare
     */
    LabelRequirement(LabelKey key, Operator operator, List<String> values) {
        this.key = key;
        this.operator = operator;
        this.texts = List.copyOf(values);
        this.values = ByteSet.of(values);
        this.bound = operator == Operator.GREATER || operator == Operator.LESS ? Long.parseLong(values.get(0)) : 0;
    }

    /** What requirements have in common that {@link #allOf} can unite. */
    String kind() {
        return operator.name() + " " + key;
    }

    /** Requirements of one kind, as few as possible. */
    static List<LabelRequirement> allOf(List<LabelRequirement> ofOneKind) {
        LabelRequirement first = ofOneKind.get(0);
        if (ofOneKind.size() == 1 || first.operator == Operator.GREATER || first.operator == Operator.LESS) {
            return ofOneKind;
        }
        Set<String> texts = new LinkedHashSet<>(first.texts);
        for (LabelRequirement other : ofOneKind) {
            if (first.operator == Operator.IN) {
                texts.retainAll(Set.copyOf(other.texts));
            } else {
                texts.addAll(other.texts);
            }
        }
        return List.of(new LabelRequirement(first.key, first.operator, List.copyOf(texts)));
    }

    /**
     * What one of the labels has to be behind its source, or begin with in front of its equals sign, if the requirement
     * holds: {@code app=web} or {@code app}. Null if it may hold without such a label.
     */
    @Nullable
    List<String> shown() {
        String name = key.onlyName();
        if (name == null || operator == Operator.DOES_NOT_EXIST || operator == Operator.NOT_IN) {
            return null;
        }
        // A label without value may do without its equals sign.
        return operator == Operator.IN
                ? texts.stream()
                        .map(value -> value.isEmpty() ? name : name + "=" + value)
                        .toList()
                : List.of(name);
    }

    boolean matches(ScannedEvent event, int labels) {
        byte[] bytes = event.bytes();
        long label = key.find(event, labels);
        boolean exists = label != WireFields.NONE;
        return switch (operator) {
            case EXISTS -> exists;
            case DOES_NOT_EXIST -> !exists;
            case IN -> exists && isWanted(bytes, label);
            case NOT_IN -> !exists || !isWanted(bytes, label);
            case GREATER, LESS -> exists && compares(bytes, LabelKey.valueStart(bytes, label), WireFields.end(label));
        };
    }

    private boolean isWanted(byte[] bytes, long label) {
        int start = LabelKey.valueStart(bytes, label);
        return values.contains(bytes, start, WireFields.end(label) - start);
    }

    /** False for what Go's {@code strconv.ParseInt} does not take for a number of 64 bits. */
    private boolean compares(byte[] bytes, int offset, int end) {
        boolean isSigned = offset < end && (bytes[offset] == '-' || bytes[offset] == '+');
        boolean isNegative = isSigned && bytes[offset] == '-';
        int first = isSigned ? offset + 1 : offset;
        // Counted down, because the smallest number has no positive counterpart.
        long number = 0;
        for (int i = first; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || number < (Long.MIN_VALUE + digit) / 10) {
                return false;
            }
            number = number * 10 - digit;
        }
        if (first == end || (!isNegative && number == Long.MIN_VALUE)) {
            return false;
        }
        long signed = isNegative ? number : -number;
        return operator == Operator.GREATER ? signed > bound : signed < bound;
    }

    @Override
    public String toString() {
        return switch (operator) {
            case EXISTS -> key.toString();
            case DOES_NOT_EXIST -> operator.text + key;
            default -> key + operator.text + values;
        };
    }
}
