package io.github.hubbleexport.testkit;

import io.github.hubbleexport.proto.flow.DNS;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.HTTP;
import io.github.hubbleexport.proto.flow.HTTPHeader;
import io.github.hubbleexport.proto.flow.ICMPv4;
import io.github.hubbleexport.proto.flow.L7FlowType;
import io.github.hubbleexport.proto.flow.Layer4;
import io.github.hubbleexport.proto.flow.Layer7;
import io.github.hubbleexport.proto.flow.TCP;
import io.github.hubbleexport.proto.flow.TCPFlags;
import io.github.hubbleexport.proto.flow.TraceContext;
import io.github.hubbleexport.proto.flow.TraceParent;
import io.github.hubbleexport.proto.flow.UDP;
import java.util.List;

/** What the packets and requests of {@link ClusterEvents} hold. */
final class ClusterTraffic {

    private static final int ECHO_REQUEST = 8;
    private static final int[] PORTS = {53, 80, 443, 4240, 4244, 6443, 8080, 9090, 9100, 9153};
    private static final int[] CODES = {200, 201, 204, 301, 403, 404, 500, 503, 0};
    private static final List<String> METHODS = List.of("DELETE", "GET", "POST", "PUT");
    private static final List<String> PATHS = List.of("exhaust-port", "items?id=1&x=<a>", "login");
    private static final List<TCPFlags> FLAGS = List.of(
            TCPFlags.newBuilder().setACK(true).build(),
            TCPFlags.newBuilder().setFIN(true).setACK(true).build(),
            TCPFlags.newBuilder().setPSH(true).setACK(true).build(),
            TCPFlags.newBuilder().setRST(true).build(),
            TCPFlags.newBuilder().setSYN(true).build(),
            TCPFlags.newBuilder().setSYN(true).setACK(true).build());

    private final Dice dice;

    ClusterTraffic(Dice dice) {
        this.dice = dice;
    }

    /** A reply comes from the port that the other side asked. */
    Layer4 layer4(boolean reply) {
        int known = PORTS[dice.below(PORTS.length)];
        int own = 32_768 + dice.below(28_000);
        int source = reply ? known : own;
        int destination = reply ? own : known;
        double drawn = dice.fraction();
        if (drawn < 0.79) {
            return Layer4.newBuilder().setTCP(tcp(source, destination)).build();
        }
        if (drawn < 0.945) {
            return Layer4.newBuilder()
                    .setUDP(UDP.newBuilder().setSourcePort(source).setDestinationPort(destination))
                    .build();
        }
        return Layer4.newBuilder()
                .setICMPv4(ICMPv4.newBuilder().setType(reply ? 0 : ECHO_REQUEST))
                .build();
    }

    private TCP tcp(int source, int destination) {
        return TCP.newBuilder()
                .setSourcePort(source)
                .setDestinationPort(destination)
                .setFlags(dice.oneOf(FLAGS))
                .build();
    }

    @SuppressWarnings("deprecation") // Hubble still fills what is deprecated
    void addHttp(Flow.Builder flow) {
        flow.setSummary("HTTP/1.1 GET")
                .setL7(layer7().setLatencyNs(1_000_000L + dice.below(50_000_000))
                        .setHttp(http()))
                .setTraceContext(TraceContext.newBuilder()
                        .setParent(TraceParent.newBuilder().setTraceId(dice.hex(32))));
    }

    private Layer7.Builder layer7() {
        return Layer7.newBuilder().setType(dice.chance(0.5) ? L7FlowType.REQUEST : L7FlowType.RESPONSE);
    }

    private HTTP http() {
        return HTTP.newBuilder()
                .setCode(CODES[dice.below(CODES.length)])
                .setMethod(dice.oneOf(METHODS))
                .setUrl("http://" + dice.oneOf(ClusterApp.ALL).host() + ":8080/api/v1/" + dice.oneOf(PATHS))
                .setProtocol("HTTP/1.1")
                .addHeaders(header("User-Agent", "curl/8.5.0"))
                .addHeaders(header("X-Request-Id", dice.uuid()))
                .addHeaders(header("Accept", "*/*"))
                .build();
    }

    static HTTPHeader header(String key, String value) {
        return HTTPHeader.newBuilder().setKey(key).setValue(value).build();
    }

    @SuppressWarnings("deprecation") // Hubble still fills what is deprecated
    void addDns(Flow.Builder flow) {
        DNS.Builder dns = DNS.newBuilder()
                .setQuery(dice.oneOf(ClusterApp.ALL).host() + ".")
                .addIps(dice.address4())
                .setTtl(30)
                .setObservationSource("proxy")
                .addQtypes("A")
                .addRrtypes("A");
        flow.setSummary("DNS Query").setL7(layer7().setDns(dns));
    }
}
