package io.github.hubbleexport.readme;

import com.sun.net.httpserver.HttpServer;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.sink.SinkContractTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The sink of the README keeps the contract, as far as one without a state can. */
final class HttpSinkContractTest extends SinkContractTest {

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final HttpServer server;
    private volatile int status = 200;

    HttpSinkContractTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void startServer() {
        server.createContext("/flows", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (status == 200) {
                received.writeBytes(body);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Override
    protected Sink open() {
        InetSocketAddress address = server.getAddress();
        return new HttpSink(URI.create("http://" + address.getHostString() + ":" + address.getPort() + "/flows"));
    }

    @Override
    protected String delivered() {
        return received.toString(StandardCharsets.UTF_8);
    }

    @Override
    protected boolean breakDown() {
        status = 503;
        return true;
    }

    @Override
    protected void mend() {
        status = 200;
    }

    @Override
    protected boolean writesWhenInterrupted() {
        return false;
    }

    @Override
    protected boolean refusesWhenClosed() {
        return false;
    }
}
