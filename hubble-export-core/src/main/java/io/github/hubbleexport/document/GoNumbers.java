package io.github.hubbleexport.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as Go's {@code strconv} reads and prints them. */
final class GoNumbers {

    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)");
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    /** What a float can need at most to be told from its neighbours. */
    private static final int MAX_DIGITS = 9;

    /** Powers of ten below this one, and from the other one on, are printed with an exponent: {@code %g}. */
    private static final int LEAST_EXPONENT = -4;

    private static final int MOST_EXPONENT = 6;

    private GoNumbers() {}

    /**
     * {@code ParseInt(text, 0, 64)}, else {@code ParseUint(text, 0, 64)}: with a prefix for the base, of which a bare 0
     * is the octal one.
     */
    static @Nullable BigInteger integer(String text) {
        if (!INTEGER.matcher(text).matches()) {
            return null;
        }
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String digits = signed ? text.substring(1) : text;
        BigInteger magnitude = magnitude(digits);
        BigInteger number = text.startsWith("-") ? magnitude.negate() : magnitude;
        BigInteger most = signed ? BigInteger.valueOf(Long.MAX_VALUE) : MAX;
        return number.compareTo(MIN) < 0 || number.compareTo(most) > 0 ? null : number;
    }

    private static BigInteger magnitude(String digits) {
        if (digits.length() == 1 || digits.charAt(0) != '0') {
            return new BigInteger(digits);
        }
        return switch (digits.charAt(1)) {
            case 'x', 'X' -> new BigInteger(digits.substring(2), 16);
            case 'b', 'B' -> new BigInteger(digits.substring(2), 2);
            case 'o', 'O' -> new BigInteger(digits.substring(2), 8);
            default -> new BigInteger(digits, 8);
        };
    }

    /** A double as a whole number, if it is one. */
    static Optional<BigInteger> whole(double number) {
        boolean isWhole = !Double.isNaN(number) && !Double.isInfinite(number) && number == Math.rint(number);
        return isWhole ? Optional.of(new BigDecimal(number).toBigInteger()) : Optional.empty();
    }

    /** {@code FormatFloat(number, 'g', -1, 32)}: the fewest digits that lead back to the number in single precision. */
    static String text(double number) {
        float single = (float) number;
        if (Float.isNaN(single)) {
            return "NaN";
        }
        if (Float.isInfinite(single)) {
            return single > 0 ? "+Inf" : "-Inf";
        }
        if (single == 0) {
            return 1 / single < 0 ? "-0" : "0";
        }
        BigDecimal shortest = shortest(single);
        int exponent = shortest.precision() - shortest.scale() - 1;
        return exponent < LEAST_EXPONENT || exponent >= MOST_EXPONENT
                ? withExponent(shortest, exponent)
                : shortest.toPlainString();
    }

    private static BigDecimal shortest(float number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 1; digits < MAX_DIGITS; digits++) {
            BigDecimal candidate = exact.round(new MathContext(digits));
            if (candidate.floatValue() == number) {
                return candidate.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(MAX_DIGITS)).stripTrailingZeros();
    }

    private static String withExponent(BigDecimal number, int exponent) {
        String mantissa =
                number.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString();
        String sign = exponent < 0 ? "-" : "+";
        int magnitude = Math.abs(exponent);
        return mantissa + "e" + sign + (magnitude < 10 ? "0" : "") + magnitude;
    }
}
