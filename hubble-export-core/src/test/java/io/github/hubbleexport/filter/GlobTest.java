package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns for hosts, clusters and nodes. */
class GlobTest {

    private static boolean matches(Glob glob, String name) {
        byte[] bytes = ("<" + name + ">").getBytes(UTF_8);
        return glob.matches(bytes, 1, bytes.length - 2);
    }

    @Test
    void decidesAsTheRegularExpressionItStandsFor() {
        Random random = new Random(3);
        int matched = 0;
        for (int i = 0; i < 200_000; i++) {
            String pattern = text(random, "ab._*", 6).replaceFirst("\\.+$", "") + "*";
            String name = text(random, "ab._B", 8);
            String regex = pattern.replace(".", "\\.").replace("*", "[-.0-9a-z]*");
            boolean expected = Pattern.matches(regex, name);
            assertThat(matches(Glob.of(pattern), name))
                    .as(pattern + " and " + name)
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(1000);
    }

    private static String text(Random random, String letters, int most) {
        return random.ints(random.nextInt(most + 1), 0, letters.length())
                .collect(StringBuilder::new, (text, i) -> text.append(letters.charAt(i)), StringBuilder::append)
                .toString();
    }

    @Test
    void manyStarsCostNoMoreThanThePlacesTheyMayStandIn() {
        String name = "a".repeat(20_000);
        assertThat(matches(Glob.of("*a".repeat(500) + "b"), name)).isFalse();
        assertThat(matches(Glob.of("*a".repeat(500)), name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'*', '', true", "'*', 'a.b-9', true", "'*', 'a_b', false", "'*', 'A', false", "'a*', 'a', true",
        "'A.', 'a', true", "' a ', 'a', true", "'a_b', 'a_b', true", "'*_*', 'x_y', true", "'*', 'é', false",
        "'\u212a', 'k', true", "'\u00a0a\u0085', 'a', true",
    })
    void matches(String pattern, String name, boolean expected) {
        assertThat(Glob.problem(pattern)).isNull();
        assertThat(matches(Glob.of(pattern), name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "a..", "a b", "a/b", "a!", "é", "?", "\ud83d\ude00", "a\u001cb"})
    void refuses(String pattern) {
        assertThat(Glob.problem(pattern)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'a', true",
        "'a.b', true",
        "'a_b-c.9', true",
        "'', false",
        "'.a', false",
        "'a.', false",
        "'a..b', false",
        "'A', false",
        "'-', true",
        "'a/b', false",
        "'é', false",
    })
    void anElementLeftOutIsAnyName(String name, boolean expected) {
        assertThat(matches(Glob.ANY_NAME, name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "k8s*, k8s-w1, true",
        "k8s*, east/k8s-w1, true",
        "default/k8s*, k8s-w1, true",
        "default/k8s*, east/k8s-w1, false",
        "east/, east/k8s-w1, true",
        "/k8s-w1, east/k8s-w1, true",
        "/, a/b, true",
        "/, a/b/c, false",
        "*/*, a/b/c, false",
        "*/b, /b, true",
        "b, /b, false",
        "a/*, a/, true",
        "a/, a/, false",
        "default/, default, true",
        "K8S-W1, k8s-w1, true",
        "k8s-w1, K8S-W1, false",
        " east / w1. , east/w1, true",
    })
    void nodeNamesHaveAClusterAndANode(String pattern, String name, boolean expected) {
        assertThat(Events.pass("node_name", pattern, Events.flow("\"node_name\":\"" + name + "\"")))
                .isEqualTo(expected);
    }

    @Test
    void withoutANodeNameNoPatternMatches() {
        assertThat(Events.pass("node_name", "/", Events.flow(""))).isFalse();
        assertThat(Events.pass("node_name", "*", Events.event("{\"node_name\":\"n\",\"lost_events\":{}}")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b/c", "a/ ", " /a", "a!/b", "a/b..", "//"})
    void refusesPatternsForNodes(String pattern) {
        assertThat(Refusals.single("{\"node_name\":[\"" + pattern + "\"]}").path())
                .isEqualTo("allowlist[0].node_name[0]");
    }
}
