package io.github.hubbleexport.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations and times in Go's notation. */
class GoValuesTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "+0, PT0S",
        "0s, PT0S",
        "30s, PT30S",
        "1h30m, PT1H30M",
        "1.5h, PT1H30M",
        "-1.5s, PT-1.5S",
        "+5s, PT5S",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "100ms, PT0.1S",
        "1us, PT0.000001S",
        "1µs, PT0.000001S",
        "1μs, PT0.000001S",
        "1ns, PT0.000000001S",
        "1.9ns, PT0.000000001S",
        "1m1m, PT2M",
        "3m2h, PT2H3M",
        "9223372036854775807ns, PT2562047H47M16.854775807S",
        "-9223372036854775808ns, PT-2562047H-47M-16.854775808S"
    })
    void durationsThatGoReads(String text, Duration expected) {
        assertThat(GoDuration.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                "1",
                "3d",
                "s",
                ".s",
                ".",
                "1h ",
                " 1h",
                "1 h",
                "1H",
                "--1s",
                "1h-1m",
                "1.2.3s",
                "0x1s",
                "1e3s",
                "00",
                "9223372036854775808ns",
                "2562048h",
                "１s",
                "1s0"
            })
    void durationsThatGoRefuses(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    /** Texts made by the grammar, whose sum is known; and the same with one character changed, against the grammar. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void durationsOfTheGrammar(long seed) {
        Random random = new Random(seed);
        List<String> units = List.of("ns", "us", "ms", "s", "m", "h");
        long[] nanos = {1, 1_000, 1_000_000, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L};
        for (int i = 0; i < 1_000; i++) {
            StringBuilder text = new StringBuilder();
            BigInteger sum = BigInteger.ZERO;
            for (int steps = 1 + random.nextInt(4); steps > 0; steps--) {
                int unit = random.nextInt(units.size());
                int number = random.nextInt(1_000);
                text.append(number).append(units.get(unit));
                sum = sum.add(BigInteger.valueOf(number).multiply(BigInteger.valueOf(nanos[unit])));
            }
            assertThat(GoDuration.parse(text.toString()))
                    .as("seed %d: %s", seed, text)
                    .contains(Duration.ofNanos(sum.longValueExact()));
            text.setCharAt(random.nextInt(text.length()), "0.smhx-".charAt(random.nextInt(7)));
            // Longer numbers may be too large for 64 bits, which has its cases above.
            if (text.toString().matches(".*[0-9]{6}.*")) {
                continue;
            }
            boolean isGrammatical = text.toString().matches("[-+]?(0|((\\d+\\.?\\d*|\\.\\d+)(ns|us|ms|s|m|h))+)");
            assertThat(GoDuration.parse(text.toString()).isPresent())
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(isGrammatical);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2023-10-09T23:59:59-07:00, 2023-10-10T06:59:59Z",
        "2026-12-31T00:00:00Z, 2026-12-31T00:00:00Z",
        "2026-12-31T00:00:00.5Z, 2026-12-31T00:00:00.5Z",
        "2026-12-31T00:00:00.1234567891Z, 2026-12-31T00:00:00.123456789Z",
        "2026-12-31T00:00:00+23:59, 2026-12-30T00:01:00Z",
        "2024-02-29T00:00:00+00:00, 2024-02-29T00:00:00Z"
    })
    void timesThatGoReads(String text, Instant expected) {
        assertThat(GoTime.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-12-31",
                "2026-12-31T00:00:00",
                "2026-12-31 00:00:00Z",
                "2026-12-31T00:00Z",
                "2026-12-31t00:00:00z",
                "2026-12-31T24:00:00Z",
                "2026-12-31T00:00:60Z",
                "2026-13-01T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-12-31T00:00:00,5Z",
                "2026-12-31T00:00:00.Z",
                "2026-12-31T00:00:00+24:00",
                "2026-12-31T00:00:00+01:60",
                "2026-12-31T00:00:00+0100",
                "tomorrow",
                "1798675200"
            })
    void timesThatGoRefuses(String text) {
        assertThat(GoTime.parse(text)).isEmpty();
    }
}
