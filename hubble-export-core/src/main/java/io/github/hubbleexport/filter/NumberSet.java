package io.github.hubbleexport.filter;

import java.util.Arrays;
import java.util.Collection;

/** A set of 64-bit numbers; those from 0 to 63, which enums and protocols live in, cost one test. Immutable. */
final class NumberSet {

    private final long small;
    private final long[] others;

    private NumberSet(long small, long[] others) {
        this.small = small;
        this.others = others;
    }

    static NumberSet of(Collection<? extends Number> numbers) {
        long small = 0;
        for (Number number : numbers) {
            if (isSmall(number.longValue())) {
                small |= 1L << number.longValue();
            }
        }
        long[] others = numbers.stream()
                .mapToLong(Number::longValue)
                .filter(number -> !isSmall(number))
                .sorted()
                .distinct()
                .toArray();
        return new NumberSet(small, others);
    }

    boolean contains(long number) {
        return isSmall(number) ? (small >>> number & 1) != 0 : Arrays.binarySearch(others, number) >= 0;
    }

    private static boolean isSmall(long number) {
        return number >>> 6 == 0;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (long number = 0; number < Long.SIZE; number++) {
            if (contains(number)) {
                text.append(text.length() > 1 ? ", " : "").append(number);
            }
        }
        for (long number : others) {
            text.append(text.length() > 1 ? ", " : "").append(Long.toUnsignedString(number));
        }
        return text.append(']').toString();
    }
}
