package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.WireFields;
import java.util.List;

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
        this.values = ByteSet.of(values);
        this.bound = operator == Operator.GREATER || operator == Operator.LESS ? Long.parseLong(values.get(0)) : 0;
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
            case GREATER, LESS -> exists && compares(bytes, LabelKey.valueStart(bytes, label), LabelKey.end(label));
        };
    }

    private boolean isWanted(byte[] bytes, long label) {
        int start = LabelKey.valueStart(bytes, label);
        return values.contains(bytes, start, LabelKey.end(label) - start);
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
