package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.proto.observer.ExportEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters on L7: codes, methods, headers and regular expressions. */
class HttpAndDnsTest {

    private static ExportEvent http(String members) {
        return Events.flow("\"l7\":{\"http\":{" + members + "}}");
    }

    @ParameterizedTest
    @CsvSource({
        "200, 200, true", "200, 20, false", "4+, 404, true", "40+, 404, true", "41+, 404, false", "42+, 42, false",
        "4+, 42, false", "10+, 1000, true", "1+, 1000, true", "1+, 10, false", "5+, 599999, true",
                "4+, 4294967295, true",
        "42+, 4294967295, true", "1+, 0, false",
    })
    void codesMatchWholeOrByTheirBeginning(String filter, String code, boolean expected) {
        assertThat(Events.pass("http_status_code", filter, http("\"code\":" + code)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "+", "0", "42", "042", "600", "6+", "200+", "2++", "+2", " 200", "200\\n", "2x+", "1000", "２00"
            })
    void refusesWhatIsNoCode(String code) {
        assertThat(Refusals.single("{\"http_status_code\":[\"" + code + "\"]}").path())
                .isEqualTo("allowlist[0].http_status_code[0]");
    }

    @ParameterizedTest
    @CsvSource({
        "get, GET, true", "GET, get, true", "GET, GETS, false", "GETS, GET, false", "'', '', false", "GET, '', false",
        "s, \u017f, true", "\u017f, S, true", "\u212a, k, true", "k, \u212a, true", "i, \u0131, false",
                "\u0130, i, false",
        "\u00e9, \u00c9, true", "é, e, false", "@, `, false", "[, {, false",
    })
    void methodsMatchInAnyCase(String filter, String method, boolean expected) {
        assertThat(Events.pass("http_method", filter, http("\"method\":\"" + method + "\"")))
                .isEqualTo(expected);
    }

    @Test
    void headersMatchByKeyAndValue() {
        ExportEvent event = http("\"headers\":[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"b\"},{}]");
        assertThat(Events.pass("{\"http_header\":[{\"key\":\"a\",\"value\":\"1\"}]}", event))
                .isTrue();
        assertThat(Events.pass("{\"http_header\":[{\"key\":\"a\"}]}", event)).isFalse();
        assertThat(Events.pass("{\"http_header\":[{\"key\":\"b\"}]}", event)).isTrue();
        assertThat(Events.pass("{\"http_header\":[{}]}", event)).isTrue();
        assertThat(Events.pass("{\"http_header\":[{}]}", http("\"code\":200"))).isFalse();
        assertThat(Events.pass("{\"http_header\":[{\"key\":\"b\",\"value\":\"1\"}]}", event))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http_status_code\":[\"200\"]",
                "http_method\":[\"\"]",
                "http_path\":[\"\"]",
                "http_url\":[\"\"]",
                "http_header\":[{}]"
            })
    void needAnEventTypeThatHasHttp(String member) {
        String field = member.substring(0, member.indexOf('"'));
        assertThat(Refusals.single("{\"" + member + ",\"event_type\":[{\"type\":4},{}]}")
                        .path())
                .isEqualTo("allowlist[0]." + field);
        assertThat(FlowFilters.parse("{\"" + member + ",\"event_type\":[{\"type\":4},{\"type\":129}]}", "")
                        .isEmpty())
                .isFalse();
    }

    @Test
    void patternsAreFoundAnywhere() {
        ExportEvent event = http("\"url\":\"http://shop/a%20b?c=d\"");
        assertThat(Events.pass("http_url", "%20b\\?c", event)).isTrue();
        assertThat(Events.pass("http_url", "^/a", event)).isFalse();
        assertThat(Events.pass("http_path", "^/a b$", event)).isTrue();
        assertThat(Events.pass("http_path", "c=d", event)).isFalse();
        assertThat(Events.pass("http_url", "", http("\"code\":200"))).isFalse();
        assertThat(Events.pass("http_path", "", http("\"code\":200"))).isFalse();
        assertThat(Events.pass("http_path", "", http("\"url\":\"http://h\""))).isTrue();
    }

    @Test
    void aQueryThatIsEmptyIsAQuery() {
        assertThat(Events.pass("dns_query", "^$", Events.flow("\"l7\":{\"dns\":{}}")))
                .isTrue();
        assertThat(Events.pass("dns_query", "^$", Events.flow("\"l7\":{}"))).isFalse();
        assertThat(Events.pass("dns_query", "^$", http(""))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "a{1001}", "(?=x)", "\\\\C", "a**", "(?<n>a)(?<n>b)", "\\\\8", "x{2}{600}{600}"})
    void refusesWhatRe2Refuses(String pattern) {
        for (String field : new String[] {"dns_query", "http_url", "http_path"}) {
            assertThat(Refusals.single("{\"" + field + "\":[\"a\",\"" + pattern + "\"]}")
                            .path())
                    .isEqualTo("allowlist[0]." + field + "[1]");
        }
    }

    @Test
    void refusesPatternsThatAreTooDeep() {
        String deep = "(".repeat(1001) + ")".repeat(1001);
        assertThat(Refusals.single("{\"dns_query\":[\"" + deep + "\"]}").reason())
                .contains("1000 levels");
        String escaped = "\\\\(".repeat(2000);
        assertThat(FlowFilters.parse("{\"dns_query\":[\"" + escaped + "\"]}", "")
                        .isEmpty())
                .isFalse();
    }

    /** A backtracking matcher would need more steps than there are atoms. */
    @Test
    void hostilePatternsTakeLinearTime() {
        ExportEvent event = Events.flow("\"l7\":{\"dns\":{\"query\":\"" + "a".repeat(100_000) + "!\"}}");
        assertThat(Events.pass("dns_query", "^(a+)+$", event)).isFalse();
        assertThat(Events.pass("dns_query", "(a|a)*b", event)).isFalse();
    }
}
