package io.github.hubbleexport.agent.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PageServerTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private PageServer server = bound();

    private PageServer bound() {
        try {
            return PageServer.bind(anyPort);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.start(Map.of(
                "/page", () -> new Page(Page.OK, Page.PLAIN, "größer\n"),
                "/sick", () -> new Page(Page.UNAVAILABLE, Page.PLAIN, "sick\n"),
                "/broken",
                        () -> {
                            throw new IllegalStateException("as told");
                        }));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create(server.url() + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void showsPages() throws Exception {
        HttpResponse<String> page = send("GET", "/page?x=1");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).isEqualTo("größer\n");
        assertThat(page.headers().firstValue("content-type")).hasValue(Page.PLAIN);
        assertThat(send("GET", "/sick").statusCode()).isEqualTo(503);
    }

    @Test
    void headHasNoBody() throws Exception {
        HttpResponse<String> head = send("HEAD", "/sick");
        assertThat(head.statusCode()).isEqualTo(503);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertThat(send("GET", "/pages").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/page/x").body()).isEqualTo("there are:\n/broken\n/page\n/sick\n");
        HttpResponse<String> post = send("POST", "/page");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("allow")).hasValue("GET, HEAD");
    }

    @Test
    void aPageThatFailsIsTold() throws Exception {
        HttpResponse<String> broken = send("GET", "/broken");
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).contains("as told");
        assertThat(send("GET", "/page").statusCode()).isEqualTo(200);
    }

    @Test
    void connectionsThatAskNothingKeepNobodyWaiting() throws Exception {
        URI uri = URI.create(server.url());
        Socket[] idle = new Socket[20];
        try {
            for (int i = 0; i < idle.length; i++) {
                idle[i] = new Socket(uri.getHost(), uri.getPort());
            }
            assertThat(send("GET", "/page").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                if (socket != null) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void aPortIsTakenOnceAndGivenBack() throws Exception {
        InetSocketAddress taken = new InetSocketAddress(
                anyPort.getAddress(), URI.create(server.url()).getPort());
        assertThatThrownBy(() -> PageServer.bind(taken)).isInstanceOf(BindException.class);
        server.close();
        assertThatThrownBy(() -> send("GET", "/page")).isInstanceOf(ConnectException.class);
    }
}
