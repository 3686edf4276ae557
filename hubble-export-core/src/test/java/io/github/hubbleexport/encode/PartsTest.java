package io.github.hubbleexport.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hubbleexport.testkit.RandomEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text, numbers and times against slow and obvious ways. */
class PartsTest {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    @Test
    void textIsEscapedAsJsonReadsItBack() throws IOException {
        RandomEvents random = new RandomEvents(11);
        ObjectMapper json = new ObjectMapper();
        for (int i = 0; i < 20_000; i++) {
            String text = random.text();
            String written = written(text.getBytes(StandardCharsets.UTF_8));
            assertThat(json.readValue('"' + written + '"', String.class)).isEqualTo(text);
            assertThat(written).isEqualTo(slowly(text));
        }
    }

    private static String slowly(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"', '\\' -> out.append('\\').append((char) c);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '<', '>', '&', 0x2028, 0x2029 -> out.append(String.format("\\u%04x", c));
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }

    /** Texts are copied in words that overlap, in other ways for each range of lengths: no byte may escape notice. */
    @Test
    void oneCharacterIsEscapedWhereverItStands() {
        for (int length = 1; length <= 300; length++) {
            String plain = "x".repeat(length);
            assertThat(written(plain.getBytes(StandardCharsets.US_ASCII))).isEqualTo(plain);
            for (int at = 0; at < length; at++) {
                String text = plain.substring(0, at) + (at % 2 == 0 ? '"' : '\u2028') + plain.substring(at + 1);
                assertThat(written(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(slowly(text));
            }
        }
    }

    @Test
    void bytesAreRefusedWhenTheyAreNotUtf8() {
        Random random = new Random(12);
        int refused = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(6)];
            random.nextBytes(bytes);
            // Bytes that begin and continue characters, so that many sequences are nearly right.
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = random.nextInt(3) == 0
                        ? bytes[at]
                        : (byte) (0x80 | (bytes[at] & (random.nextBoolean() ? 0x3f : 0x7f)));
            }
            String expected = decode(bytes);
            assertThat(written(bytes)).isEqualTo(expected == null ? null : slowly(expected));
            refused += expected == null ? 1 : 0;
        }
        assertThat(refused).isBetween(1_000, 199_000);
    }

    private static @Nullable String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static @Nullable String written(byte[] text) {
        // What lies behind the text must not matter.
        byte[] in = Arrays.copyOf(text, text.length + 16);
        Arrays.fill(in, text.length, in.length, (byte) 0xbf);
        byte[] out = new byte[JsonText.MAX_GROWTH * text.length + 16];
        int end = JsonText.write(in, 0, text.length, out, 0);
        if (end < 0) {
            return null;
        }
        String written = new String(out, 0, end, StandardCharsets.UTF_8);
        assertThat(written).endsWith("\",");
        return written.substring(0, written.length() - JsonText.CLOSE_BYTES);
    }

    @Test
    void numbersAreWrittenAsJavaWritesThem() {
        Random random = new Random(13);
        byte[] out = new byte[32];
        for (int i = 0; i < 200_000; i++) {
            long value = random.nextLong() >> random.nextInt(Long.SIZE);
            check(value, out);
        }
        for (long power = 1; power > 0 && power < Long.MAX_VALUE / 10; power *= 10) {
            check(power, out);
            check(power - 1, out);
            check(-power, out);
        }
        check(Long.MIN_VALUE, out);
        check(Long.MAX_VALUE, out);
    }

    private static void check(long value, byte[] out) {
        int signed = Decimal.signed(value, out, 0);
        assertThat(new String(out, 0, signed, StandardCharsets.US_ASCII)).isEqualTo(Long.toString(value));
        int unsigned = Decimal.unsigned(value, out, 0);
        assertThat(new String(out, 0, unsigned, StandardCharsets.US_ASCII)).isEqualTo(Long.toUnsignedString(value));
    }

    @Test
    void timesAreWrittenAsJavaTimeWritesThem() {
        Random random = new Random(14);
        TimestampText text = new TimestampText();
        byte[] out = new byte[64];
        long min = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
        long max = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        for (int i = 0; i < 100_000; i++) {
            long seconds = min + (long) (random.nextDouble() * (max - min));
            int end = text.write(seconds, 0, out, 0);
            assertThat(new String(out, 0, end, StandardCharsets.US_ASCII))
                    .isEqualTo(SECONDS.format(Instant.ofEpochSecond(seconds)) + "Z");
        }
        assertThat(text.write(min, 0, out, 0)).isPositive();
        assertThat(text.write(max, 999_999_999, out, 0)).isPositive();
        assertThat(text.write(min - 1, 0, out, 0)).isNegative();
        assertThat(text.write(max + 1, 0, out, 0)).isNegative();
        assertThat(text.write(0, -1, out, 0)).isNegative();
        assertThat(text.write(0, 1_000_000_000, out, 0)).isNegative();
    }

    /** Whatever came before, which is partly remembered. */
    @Test
    void aTimeIsWrittenAsIfItWereTheFirst() {
        Random random = new Random(15);
        TimestampText text = new TimestampText();
        int[] fractions = {0, 1, 1_000, 1_000_000, 120_000_000, 999_999_999};
        byte[] out = new byte[64];
        byte[] expected = new byte[64];
        for (int i = 0; i < 10_000; i++) {
            long seconds = random.nextInt(3);
            int nanos = fractions[random.nextInt(fractions.length)];
            int end = text.write(seconds, nanos, out, 0);
            assertThat(end).isEqualTo(new TimestampText().write(seconds, nanos, expected, 0));
            assertThat(Arrays.equals(out, 0, end, expected, 0, end)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0=",
                "1=.000000001",
                "1000=.000001",
                "1000000=.001",
                "120000000=.120",
                "999999999=.999999999",
                "1001000=.001001"
            })
    void fractionsHaveThreeSixOrNineDigits(String row) {
        String[] columns = row.split("=", -1);
        byte[] out = new byte[64];
        int end = new TimestampText().write(0, Long.parseLong(columns[0]), out, 0);
        assertThat(new String(out, 0, end, StandardCharsets.US_ASCII))
                .isEqualTo("1970-01-01T00:00:00" + columns[1] + "Z");
    }
}
