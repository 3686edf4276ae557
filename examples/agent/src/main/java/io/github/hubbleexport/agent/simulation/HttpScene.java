package io.github.hubbleexport.agent.simulation;

import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.HTTP;
import io.github.hubbleexport.proto.flow.HTTPHeader;
import io.github.hubbleexport.proto.flow.L7FlowType;
import io.github.hubbleexport.proto.flow.Layer7;
import io.github.hubbleexport.proto.flow.TraceContext;
import io.github.hubbleexport.proto.flow.TraceParent;
import io.github.hubbleexport.proto.flow.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A connection with one request on it that the proxy at the server's node reads. */
final class HttpScene {

    private static final int FORBIDDEN = 403;
    private static final List<Integer> CODES = List.of(200, 200, 200, 200, 200, 201, 204, 301, 403, 404, 500, 503);
    private static final List<String> REQUESTS = List.of(
            "GET /",
            "GET /api/v1/products",
            "GET /api/v1/cart",
            "POST /api/v1/orders",
            "PUT /api/v1/cart",
            "GET /healthz");

    private final SplittableRandom random;
    private final Link link;
    private final Transport ports;

    HttpScene(SplittableRandom random, Link link, Transport ports) {
        this.random = random;
        this.link = link;
        this.ports = ports;
    }

    void play() {
        TcpScene connection = new TcpScene(random, link, ports);
        connection.open();
        HTTP request = request(pick(REQUESTS).split(" ", 2));
        int code = pick(CODES);
        int micros = 500 + random.nextInt(40_000);
        TraceContext trace = trace();
        message(false, Layer7.newBuilder().setType(L7FlowType.REQUEST).setHttp(request), trace, verdict(code));
        link.script().pause(micros);
        message(true, response(request, code, micros), trace, Verdict.FORWARDED);
        connection.close();
    }

    private static Verdict verdict(int code) {
        return code == FORBIDDEN ? Verdict.DROPPED : Verdict.FORWARDED;
    }

    private void message(boolean reply, Layer7.Builder l7, TraceContext trace, Verdict verdict) {
        Flow.Builder flow = link.message(link.server(), reply, ports.tcp(reply))
                .setVerdict(verdict)
                .setL7(l7)
                .setTraceContext(trace);
        EventKind kind = verdict == Verdict.DROPPED ? EventKind.DROP : EventKind.HTTP;
        link.write(kind, link.server(), flow, reply, summary(l7));
    }

    private HTTP request(String[] methodAndPath) {
        return HTTP.newBuilder()
                .setMethod(methodAndPath[0])
                .setUrl("http://" + link.server().dnsName() + ":" + ports.serverPort() + methodAndPath[1])
                .setProtocol("HTTP/1.1")
                .addHeaders(header("User-Agent", "demo-client/1.4"))
                .addHeaders(header("X-Request-Id", hex(16)))
                .build();
    }

    private static Layer7.Builder response(HTTP request, int code, int micros) {
        return Layer7.newBuilder()
                .setType(L7FlowType.RESPONSE)
                .setLatencyNs(TimeUnit.MICROSECONDS.toNanos(micros))
                .setHttp(request.toBuilder().setCode(code));
    }

    private static String summary(Layer7.Builder l7) {
        HTTP http = l7.getHttp();
        String request = http.getMethod() + " " + http.getUrl();
        return l7.getType() == L7FlowType.REQUEST
                ? http.getProtocol() + " " + request
                : http.getProtocol() + " " + http.getCode() + " " + TimeUnit.NANOSECONDS.toMillis(l7.getLatencyNs())
                        + "ms (" + request + ")";
    }

    private static HTTPHeader header(String key, String value) {
        return HTTPHeader.newBuilder().setKey(key).setValue(value).build();
    }

    private TraceContext trace() {
        return TraceContext.newBuilder()
                .setParent(TraceParent.newBuilder().setTraceId(hex(16) + hex(16)))
                .build();
    }

    private String hex(int digits) {
        return String.format(Locale.ROOT, "%016x", random.nextLong()).substring(0, digits);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
