package io.github.hubbleexport.agent.simulation;

import io.github.hubbleexport.proto.flow.DNS;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.L7FlowType;
import io.github.hubbleexport.proto.flow.Layer7;
import io.github.hubbleexport.proto.flow.TraceReason;
import io.github.hubbleexport.proto.flow.Verdict;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A pod asks for the address of another, with the proxy of its node looking on. */
final class DnsScene {

    private static final int NO_SUCH_NAME = 3;
    private static final int TTL_SECONDS = 30;

    private final SplittableRandom random;
    private final Link link;
    private final Transport ports;
    private final Peer wanted;

    /** @param link from the pod that asks to the server of names */
    DnsScene(SplittableRandom random, Link link, Transport ports, Peer wanted) {
        this.random = random;
        this.link = link;
        this.ports = ports;
        this.wanted = wanted;
    }

    void play() {
        boolean known = random.nextInt(12) != 0;
        DNS query = query(known ? wanted.dnsName() + "." : wanted.dnsName() + ".cluster.local.");
        datagram(false, TraceReason.NEW);
        message(false, Layer7.newBuilder().setType(L7FlowType.REQUEST).setDns(query), "DNS Query " + question(query));
        link.script().pause(800);
        datagram(true, TraceReason.REPLY);
        message(true, answer(known ? found(query) : missing(query)), "DNS Answer " + question(query));
    }

    private void datagram(boolean reply, TraceReason reason) {
        link.packet(EventKind.DNS, reply, reason, ports.udp(reply), "UDP");
        link.script().pause(60);
    }

    private void message(boolean reply, Layer7.Builder l7, String summary) {
        Flow.Builder flow = link.message(link.client(), reply, ports.udp(reply))
                .setVerdict(Verdict.FORWARDED)
                .setL7(l7);
        link.write(EventKind.DNS, link.client(), flow, reply, summary);
    }

    private Layer7.Builder answer(DNS dns) {
        return Layer7.newBuilder()
                .setType(L7FlowType.RESPONSE)
                .setLatencyNs(TimeUnit.MICROSECONDS.toNanos(200 + random.nextInt(2000)))
                .setDns(dns);
    }

    private static DNS query(String name) {
        return DNS.newBuilder()
                .setQuery(name)
                .setObservationSource("proxy")
                .addQtypes("A")
                .build();
    }

    private DNS found(DNS query) {
        return query.toBuilder()
                .addIps(wanted.ip())
                .setTtl(TTL_SECONDS)
                .addRrtypes("A")
                .build();
    }

    private static DNS missing(DNS query) {
        return query.toBuilder().setRcode(NO_SUCH_NAME).build();
    }

    private static String question(DNS dns) {
        return dns.getQuery() + " " + dns.getQtypes(0);
    }
}
