package io.github.hubbleexport.document;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.hubbleexport.document.Node.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** YAML as Go reads it: the values of this table are those that Go gave, or that its rules give. */
class DocumentsTest {

    private static Node read(String text) throws MalformedDocumentException {
        return requireNonNull(Documents.read(text), text);
    }

    private static Node member(Node map, String name) {
        return map.members().stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static MalformedDocumentException refusal(String text) {
        return assertThatThrownBy(() -> Documents.read(text))
                .asInstanceOf(InstanceOfAssertFactories.type(MalformedDocumentException.class))
                .actual();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "yes|BOOLEAN|true",
                "on|BOOLEAN|true",
                "y|BOOLEAN|true",
                "n|BOOLEAN|false",
                "Off|BOOLEAN|false",
                "TRUE|BOOLEAN|true",
                "tRUE|TEXT|tRUE",
                "010|INTEGER|8",
                "0x1F|INTEGER|31",
                "1_000|INTEGER|1000",
                "0o17|INTEGER|15",
                "0b101|INTEGER|5",
                "-0b101|INTEGER|-5",
                "-0x1f|INTEGER|-31",
                "+12|INTEGER|12",
                "-0|INTEGER|0",
                "0_|INTEGER|0",
                "08|FLOAT|8",
                "1:30|TEXT|1:30",
                "2026-01-01|TEXT|2026-01-01",
                "2026-01-01T00:00:00Z|TEXT|2026-01-01T00:00:00Z",
                "~|NULL|``",
                "null|NULL|``",
                "``|NULL|``",
                "nULL|TEXT|nULL",
                "1.5|FLOAT|1.5",
                "1.|FLOAT|1",
                ".5|FLOAT|0.5",
                "._5|TEXT|._5",
                "1e3|FLOAT|1000",
                "1e6|FLOAT|1e+06",
                "123456|INTEGER|123456",
                "1234567.0|FLOAT|1.234567e+06",
                "0.0001|FLOAT|0.0001",
                "0.00001|FLOAT|1e-05",
                "-.5e-7|FLOAT|-5e-08",
                "1e400|TEXT|1e400",
                "1e39|FLOAT|+Inf",
                ".inf|FLOAT|+Inf",
                "-.Inf|FLOAT|-Inf",
                ".nan|FLOAT|NaN",
                "18446744073709551615|INTEGER|18446744073709551615",
                "18446744073709551616|FLOAT|1.8446744e+19",
                "-9223372036854775808|INTEGER|-9223372036854775808",
                "'5'|TEXT|5",
                "\"yes\"|TEXT|yes",
                "!!str 5|TEXT|5",
                "!!int \"5\"|INTEGER|5",
                "!!float 1|FLOAT|1",
                "!!bool y|BOOLEAN|true",
                "!!null ~|NULL|``",
                "!!binary aGk=|TEXT|hi",
                "!other 5|TEXT|5",
                "!!timestamp 2001-01-01|TEXT|2001-01-01",
                "-|TEXT|-",
                "_1|TEXT|_1",
                "0x|TEXT|0x",
                "1__0|INTEGER|10",
                "a b|TEXT|a b"
            })
    void scalarsAreWhatGoTakesThemFor(String yaml, Kind kind, String text) throws MalformedDocumentException {
        if (yaml.equals("-")) {
            assertThat(GoScalars.plain("-", 1, 1).kind()).isEqualTo(kind);
            return;
        }
        Node value = member(read("key: " + yaml), "key");
        assertThat(value.kind()).isEqualTo(kind);
        assertThat(value.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"!!int x", "!!bool 1", "!!float x", "!!null 1", "!!binary '*'"})
    void aTagThatLiesIsRefused(String yaml) {
        MalformedDocumentException e = refusal("a: 1\nkey: " + yaml);
        assertThat(e).hasMessageContaining("cannot be read as");
        assertThat(e.line()).isEqualTo(2);
        assertThat(e.column()).isEqualTo(6);
    }

    @Test
    void keysBecomeTexts() throws MalformedDocumentException {
        Node map = read("y: 1\nn: 1\n010: 1\n1.5: 1\n.inf: 1\n\"q\": 1\n");
        assertThat(map.members())
                .extracting(Node.Member::name)
                .containsExactly("true", "false", "8", "1.5", ".inf", "q");
        assertThat(refusal("~: 1")).hasMessage("no key of a map");
        assertThat(refusal("x:\n  [a]: 1")).hasMessage("no key of a map");
        assertThat(refusal("? {a: 1}\n: 1")).hasMessage("no key of a map");
    }

    @Test
    void aliasesAreResolved() throws MalformedDocumentException {
        Node map = read("a: &x [1, two]\nb: *x\nc: &t word\nd: *t");
        assertThat(member(map, "b").elements()).extracting(Node::text).containsExactly("1", "two");
        assertThat(member(map, "d").text()).isEqualTo("word");
    }

    @Test
    void mergedKeysStandWhereTheyAreMerged() throws MalformedDocumentException {
        String base = "base: &b {x: 1, y: 2}\nother: &o {x: 3, z: 4}\n";
        assertThat(values(base + "m:\n  <<: *b\n  x: 9")).containsExactlyInAnyOrder("x=9", "true=2");
        assertThat(values(base + "m:\n  x: 9\n  <<: *b")).containsExactlyInAnyOrder("x=1", "true=2");
        assertThat(values(base + "m:\n  <<: [*b, *o]")).containsExactlyInAnyOrder("x=1", "true=2", "z=4");
        assertThat(values(base + "m:\n  \"<<\": 1")).containsExactly("<<=1");
        assertThat(refusal("m: {<<: 5}")).hasMessageContaining("can be merged");
        assertThat(refusal("m: {<<: [5]}")).hasMessageContaining("can be merged");
        assertThat(refusal("m: &m {a: {<<: *m}}")).hasMessageContaining("contains itself");
    }

    private static List<String> values(String text) throws MalformedDocumentException {
        return member(read(text), "m").members().stream()
                .map(member -> member.name() + "=" + member.value().text())
                .toList();
    }

    @Test
    void ofEqualKeysTheLastCounts() throws MalformedDocumentException {
        assertThat(member(read("a: 1\na: 2"), "a").text()).isEqualTo("2");
        assertThat(member(read("{\"a\": 1, \"a\": 2}"), "a").text()).isEqualTo("2");
    }

    @Test
    void theFirstDocumentCounts() throws MalformedDocumentException {
        assertThat(member(read("---\na: 1\n---\na: 2\n"), "a").text()).isEqualTo("1");
        assertThat(member(read("a: 1\n---\n*broken\n"), "a").text()).isEqualTo("1");
    }

    @Test
    void unknownTagsOfCollectionsArePassedOver() throws MalformedDocumentException {
        assertThat(read("!thing\na: !other [1]").members()).hasSize(1);
    }

    @Test
    void emptyDocumentsAreNone() throws MalformedDocumentException {
        assertThat(Documents.read("")).isNull();
        assertThat(Documents.read("# nothing\n")).isNull();
        assertThat(read("---\n").kind()).isEqualTo(Kind.NULL);
        assertThat(read("\ufeffa: 1").members()).hasSize(1);
    }

    @Test
    void placesAreThoseOfTheText() throws MalformedDocumentException {
        for (String text : List.of("a:\n  - x\n  - b: 7\n", "{\"a\":\n [\"x\",\n  {\"b\": 7}]}")) {
            Node root = read(text);
            Node seven = root.find(".a[1].b");
            assertThat(seven.text()).isEqualTo("7");
            assertThat(seven.line()).isEqualTo(3);
            assertThat(seven.column()).isEqualTo(text.startsWith("a") ? 8 : 9);
            assertThat(root.find(".a[5].b")).isSameAs(member(root, "a"));
        }
        assertThat(read("{sourceIp: [1]}").find(".source_ip[0]").text()).isEqualTo("1");
    }

    @Test
    void bracesMayBeYaml() throws MalformedDocumentException {
        assertThat(member(read("{a: yes}"), "a").bool()).isTrue();
        MalformedDocumentException e = refusal("{\"a\": 1,\n \"b\": ]}");
        assertThat(e.line()).isEqualTo(2);
        assertThat(e.column()).isEqualTo(7);
    }

    @Test
    void whatContainsItselfOrGrowsWithoutBoundIsRefused() {
        assertThat(refusal("a: &a [*a]")).hasMessageContaining("contains itself");
        StringBuilder bomb = new StringBuilder("a0: &a0 [0,0,0,0,0,0,0,0,0,0]\n");
        for (int i = 1; i < 8; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ",").repeat(6)).append("0]\n");
        }
        assertThat(refusal(bomb.toString())).hasMessageContaining("more than 1000000 values");
        assertThat(refusal("[".repeat(2_000))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: [", "a: 'x", "a: b: c", "\t- x", "a: \u0001", "*none", "{\"a\":1} x", "[1,2", "- a\nb: c"})
    void malformedTextsAreRefused(String text) {
        assertThat(refusal(text).getMessage()).isNotBlank().doesNotContain("\n");
    }

    /** The tokens of a node are those of the JSON it stands for, and each has the place of its value. */
    @Test
    void theParserGivesTokensWithPlaces() throws IOException, MalformedDocumentException {
        List<String> seen = new ArrayList<>();
        try (JsonParser in = read("a: [1, 2.5]\nb:\n  c: ~\n  d: yes").parser()) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                seen.add(token + "|" + in.getText() + "@"
                        + in.currentTokenLocation().getLineNr());
                if (token == JsonToken.START_ARRAY) {
                    in.skipChildren();
                }
            }
        }
        assertThat(seen)
                .containsExactly(
                        "START_OBJECT|{@1",
                        "FIELD_NAME|a@1",
                        "START_ARRAY|[@1",
                        "FIELD_NAME|b@2",
                        "START_OBJECT|{@3",
                        "FIELD_NAME|c@3",
                        "VALUE_NULL|null@3",
                        "FIELD_NAME|d@4",
                        "VALUE_TRUE|true@4",
                        "END_OBJECT|}@3",
                        "END_OBJECT|}@1");
    }

    /** Go's shortest form, found by trying all precisions from the JDK's exact decimal. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void floatsPrintAsTheFewestDigitsThatLeadBack(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            float number = Float.intBitsToFloat(random.nextInt());
            if (Float.isNaN(number) || Float.isInfinite(number) || number == 0) {
                continue;
            }
            String text = GoNumbers.text(number);
            assertThat(Float.parseFloat(text)).as("seed %d: %s", seed, text).isEqualTo(number);
            assertThat(shorter(number, digits(text)))
                    .as("seed %d: %s", seed, text)
                    .isNull();
        }
    }

    private static int digits(String text) {
        return new BigDecimal(text).stripTrailingZeros().precision();
    }

    private static @Nullable BigDecimal shorter(float number, int digits) {
        BigDecimal exact = new BigDecimal(number);
        int scale = digits - 1 - (exact.precision() - exact.scale());
        for (RoundingMode mode : List.of(RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN)) {
            BigDecimal candidate = exact.setScale(scale, mode);
            if (digits > 1 && candidate.signum() != 0 && candidate.floatValue() == number) {
                return candidate;
            }
        }
        return null;
    }
}
