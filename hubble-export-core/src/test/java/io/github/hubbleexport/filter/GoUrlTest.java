package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The path of a URL by Go's rules. */
class GoUrlTest {

    private static @Nullable String path(byte[] url) {
        byte[] bytes = new byte[url.length + 2];
        System.arraycopy(url, 0, bytes, 1, url.length);
        return GoUrl.path(bytes, 1, url.length);
    }

    @ParameterizedTest
    @CsvSource({
        "'http://shop.svc/api/v1/items?id=1', '/api/v1/items'",
        "'http://shop.svc:8080/a%20b/../c', '/a b/../c'",
        "'/relative/path', '/relative/path'",
        "'/a?b?c', '/a'",
        "'/a?', '/a'",
        "'/a#b', '/a#b'",
        "'//host/x', '//host/x'",
        "'///x', '///x'",
        "'*', '*'",
        "'http://h', ''",
        "'http://h?x=/y', ''",
        "'http:///x', '/x'",
        "'http:/x', '/x'",
        "'mailto:x@y', ''",
        "'http:', ''",
        "'http://h/%41+%2b', '/A++'",
        "'http://h/é?q=%zz', '/é'",
        "'http://h/%C3%A9', '/é'",
        "'HTTP://u:p%40@h:80/x', '/x'",
        "'http://h:/x', '/x'",
        "'http://a:b:80/x', '/x'",
        "'http://[::1]:80/x', '/x'",
        "'http://[fe80::1%25eth0]/x', '/x'",
        "'http://[fe80::1%25e%20h]/x', '/x'",
        "'http://h%C3%A9/x', '/x'",
        "'http://h%25/x', '/x'",
        "'http://é/x', '/x'",
        "'a+b-1.c://h/x', '/x'",
    })
    void findsThePath(String url, String expected) {
        assertThat(path(url.getBytes(UTF_8))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not a url",
                "relative",
                "?x",
                "#x",
                ":x",
                "1http://h/x",
                "é://h/x",
                "/a\tb",
                "/a\u007f",
                "http://h/%zz",
                "/%",
                "/%1",
                "/%1g",
                "http://[::1/bad",
                "http://[::1]x/",
                "http://[::1]:x/",
                "http://h:x/",
                "http://h:8 0/",
                "http://h h/",
                "http://h%20/",
                "http://h%41/",
                "http://[1.2.3.4]/",
                "http://[x]/",
                "http://[]/",
                "http://[fe80::1%25]/",
                "http://[fe80::1%eth0]/",
                "http://a[::1]/",
                "http://u ser@h/",
                "http://é@h/",
                "http://u%zz@h/",
                "http://h\\x/",
                "http://h^/",
            })
    void refusesWhatGoRefuses(String url) {
        assertThat(path(url.getBytes(UTF_8))).isNull();
    }

    @Test
    void eachByteThatIsNotUtf8IsOneCharacter() {
        assertThat(path("/a%FF%FEb".getBytes(UTF_8))).isEqualTo("/a\ufffd\ufffdb");
        assertThat(path("/%E2%82".getBytes(UTF_8))).isEqualTo("/\ufffd\ufffd");
        assertThat(path("/%EF%BF%BD%FF".getBytes(UTF_8))).isEqualTo("/\ufffd\ufffd");
        assertThat(path("/\u00ff\u00e9".getBytes(ISO_8859_1))).isEqualTo("/\ufffd\ufffd");
    }
}
