package io.github.hubbleexport.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in the notation of Go's {@code time.ParseDuration}: {@code 1h30m}, {@code 1.5s}, {@code -2us}. For any thread. */
public final class GoDuration {

    private static final Pattern STEP = Pattern.compile("([0-9]*)(\\.[0-9]*)?(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /** The duration; empty if the text is none, or longer than 64 bits of nanoseconds can say. */
    public static Optional<Duration> parse(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String steps = signed ? text.substring(1) : text;
        BigInteger nanos = steps.equals("0") ? BigInteger.ZERO : sum(steps);
        if (nanos.signum() < 0) {
            return Optional.empty();
        }
        BigInteger result = text.startsWith("-") ? nanos.negate() : nanos;
        boolean fits =
                result.compareTo(MOST) <= 0 && result.compareTo(MOST.negate().subtract(BigInteger.ONE)) >= 0;
        return fits ? Optional.of(Duration.ofNanos(result.longValueExact())) : Optional.empty();
    }

    /** The nanoseconds of all steps; -1 if something else stands there. */
    private static BigInteger sum(String steps) {
        BigInteger sum = BigInteger.ZERO;
        Matcher step = STEP.matcher(steps);
        int end = 0;
        while (end < steps.length()) {
            if (!step.find(end) || step.start() != end || !hasDigits(step)) {
                return BigInteger.ONE.negate();
            }
            sum = sum.add(nanos(step));
            end = step.end();
        }
        return end == 0 ? BigInteger.ONE.negate() : sum;
    }

    private static boolean hasDigits(Matcher step) {
        return !step.group(1).isEmpty()
                || (step.group(2) != null && step.group(2).length() > 1);
    }

    private static BigInteger nanos(Matcher step) {
        String fraction = step.group(2) == null ? "" : step.group(2);
        String number = "0" + step.group(1) + (fraction.length() > 1 ? fraction : "");
        BigDecimal unit = BigDecimal.valueOf(NANOS.getOrDefault(step.group(3), 1L));
        return new BigDecimal(number)
                .multiply(unit)
                .setScale(0, RoundingMode.DOWN)
                .toBigInteger();
    }
}
