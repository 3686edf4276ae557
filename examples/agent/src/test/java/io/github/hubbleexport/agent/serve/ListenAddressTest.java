package io.github.hubbleexport.agent.serve;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.problem.Problems;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    private final Problems problems = new Problems();

    private @Nullable InetSocketAddress parse(String text, boolean remote) {
        return ListenAddress.parse(text, "--listen", "--remote", remote, problems);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:0, 127.0.0.1, 0",
        "127.8.9.1:9967, 127.8.9.1, 9967",
        "localhost:65535, 127.0.0.1, 65535",
        "[::1]:80, 0:0:0:0:0:0:0:1, 80"
    })
    void loopbackIsAllowed(String text, String host, int port) {
        InetSocketAddress address = parse(text, false);
        assertThat(problems.list()).isEmpty();
        assertThat(requireNonNull(address).getAddress().getHostAddress()).isEqualTo(host);
        assertThat(address.getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:80", "10.0.0.1:80", "[::]:80", "[2001:db8::1]:80", "[::ffff:10.0.0.1]:80"})
    void othersNeedTheirOwnWord(String text) {
        assertThat(parse(text, false)).isNull();
        assertThat(problems.list())
                .singleElement()
                .extracting(Problem::toString)
                .asString()
                .startsWith("--listen: is not a loopback address")
                .contains("--remote")
                .endsWith("\"" + text + "\"");
        assertThat(parse(text, true)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ":80", "80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:99999999999",
                "256.0.0.1:80", "example.org:80", "::1:80", "[127.0.0.1]:80", "[::1]", "[::1:80", "127.1:80", "[::g]:80"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThat(parse(text, true)).isNull();
        assertThat(problems.list())
                .singleElement()
                .extracting(Problem::reason)
                .asString()
                .startsWith("expected an address");
    }
}
