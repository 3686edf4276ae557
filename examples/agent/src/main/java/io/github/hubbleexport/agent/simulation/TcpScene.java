package io.github.hubbleexport.agent.simulation;

import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Policy;
import io.github.hubbleexport.proto.flow.TCPFlags;
import io.github.hubbleexport.proto.flow.TraceReason;
import io.github.hubbleexport.proto.flow.Verdict;
import java.util.SplittableRandom;

/** A connection: allowed, opened, used, and closed in peace or not. */
final class TcpScene {

    /** The match was on peer and port. */
    private static final int MATCH_L3_L4 = 2;

    private final SplittableRandom random;
    private final Link link;
    private final Transport ports;

    TcpScene(SplittableRandom random, Link link, Transport ports) {
        this.random = random;
        this.link = link;
        this.ports = ports;
    }

    /** All of it, with data going back and forth a few times. */
    void play() {
        open();
        int exchanges = 1 + random.nextInt(3);
        for (int i = 0; i < exchanges; i++) {
            exchange();
        }
        close();
    }

    void open() {
        allow();
        segment(false, TraceReason.NEW, Transport.SYN, "SYN");
        segment(true, TraceReason.REPLY, Transport.SYN_ACK, "SYN, ACK");
        segment(false, TraceReason.ESTABLISHED, Transport.ACK, "ACK");
    }

    /** A question and its answer. */
    void exchange() {
        segment(false, TraceReason.ESTABLISHED, Transport.PSH_ACK, "ACK, PSH");
        link.script().pause(2_000);
        segment(true, TraceReason.REPLY, Transport.PSH_ACK, "ACK, PSH");
    }

    void close() {
        if (random.nextInt(20) == 0) {
            segment(true, TraceReason.REPLY, Transport.RST, "RST");
            return;
        }
        segment(false, TraceReason.ESTABLISHED, Transport.FIN_ACK, "ACK, FIN");
        segment(true, TraceReason.REPLY, Transport.FIN_ACK, "ACK, FIN");
    }

    private void allow() {
        if (link.server().isOutside()) {
            return;
        }
        String app = link.server().endpoint().getWorkloads(0).getName();
        Flow.Builder flow = link.policyVerdict(link.server(), ports.tcp(false, Transport.SYN))
                .setVerdict(Verdict.FORWARDED)
                .setPolicyMatchType(MATCH_L3_L4)
                .addIngressAllowedBy(Policy.newBuilder()
                        .setName("allow-to-" + app)
                        .setNamespace(link.server().endpoint().getNamespace())
                        .addLabels("k8s:io.cilium.k8s.policy.name=allow-to-" + app)
                        .setRevision(12)
                        .setKind("CiliumNetworkPolicy"));
        link.write(EventKind.TCP, link.server(), flow, false, "TCP Flags: SYN");
    }

    private void segment(boolean reply, TraceReason reason, TCPFlags flags, String names) {
        link.script().pause(300);
        link.packet(EventKind.TCP, reply, reason, ports.tcp(reply, flags), "TCP Flags: " + names);
    }
}
