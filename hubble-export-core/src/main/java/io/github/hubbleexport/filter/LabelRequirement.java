package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
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
        long value = key.find(event, labels);
        boolean exists = value != LabelKey.NOT_FOUND;
        return switch (operator) {
            case EXISTS -> exists;
            case DOES_NOT_EXIST -> !exists;
            case IN -> exists && isWanted(event, value);
            case NOT_IN -> !exists || !isWanted(event, value);
            case GREATER, LESS -> exists && compares(event.bytes(), LabelKey.offset(value), LabelKey.length(value));
        };
    }

    private boolean isWanted(ScannedEvent event, long value) {
        return values.contains(event.bytes(), LabelKey.offset(value), LabelKey.length(value));
    }

    /** False for what Go's {@code strconv.ParseInt} does not take for a number of 64 bits. */
    private boolean compares(byte[] bytes, int offset, int length) {
        boolean isSigned = length > 0 && (bytes[offset] == '-' || bytes[offset] == '+');
        boolean isNegative = isSigned && bytes[offset] == '-';
        int first = isSigned ? offset + 1 : offset;
        int end = offset + length;
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
