package io.github.hubbleexport.agent.simulation;

import com.google.protobuf.Int32Value;
import io.github.hubbleexport.proto.flow.DropReason;
import io.github.hubbleexport.proto.flow.FileInfo;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Layer4;
import io.github.hubbleexport.proto.flow.LostEvent;
import io.github.hubbleexport.proto.flow.LostEventSource;
import io.github.hubbleexport.proto.flow.Policy;
import io.github.hubbleexport.proto.flow.TraceReason;
import java.util.List;
import java.util.SplittableRandom;

/** The short scenes: what is dropped, what is lost, and somebody who asks whether all are there. */
final class TroubleScenes {

    private static final List<DropReason> FAULTS = List.of(
            DropReason.STALE_OR_UNROUTABLE_IP, DropReason.CT_MAP_INSERTION_FAILED, DropReason.INVALID_SOURCE_IP);

    private final SplittableRandom random;

    TroubleScenes(SplittableRandom random) {
        this.random = random;
    }

    /** A client that may not talk to this server and tries three times. */
    void denied(Link link, Transport ports) {
        Policy policy = Policy.newBuilder()
                .setName("default-deny")
                .setNamespace(link.server().endpoint().getNamespace())
                .addLabels("k8s:io.cilium.k8s.policy.name=default-deny")
                .setRevision(12)
                .setKind("CiliumNetworkPolicy")
                .build();
        for (int attempt = 0; attempt < 3; attempt++) {
            Layer4 syn = ports.tcp(false, Transport.SYN);
            drop(
                    link,
                    link.drop(link.server(), syn, number(DropReason.POLICY_DENIED))
                            .addIngressDeniedBy(policy),
                    DropReason.POLICY_DENIED);
            link.script().pause(1_000_000 << attempt);
        }
    }

    /** A segment that the datapath cannot handle. */
    void fault(Link link, Transport ports) {
        DropReason reason = FAULTS.get(random.nextInt(FAULTS.size()));
        drop(link, link.drop(link.server(), ports.tcp(false, Transport.ACK), number(reason)), reason);
    }

    /** An echo and its reply. */
    void ping(Link link) {
        link.packet(EventKind.ICMP, false, TraceReason.NEW, Transport.echo(false), "ICMPv4 EchoRequest");
        link.script().pause(400);
        link.packet(EventKind.ICMP, true, TraceReason.REPLY, Transport.echo(true), "ICMPv4 EchoReply");
    }

    /** A node whose processors made events faster than its agent took them. */
    void lost(Script script, Node node) {
        script.lost(
                node,
                LostEvent.newBuilder()
                        .setSource(LostEventSource.PERF_EVENT_RING_BUFFER)
                        .setNumEventsLost(1 + random.nextInt(500))
                        .setCpu(Int32Value.of(random.nextInt(8))));
    }

    @SuppressWarnings("deprecation") // the number beside the name, as flows carry both
    private void drop(Link link, Flow.Builder flow, DropReason reason) {
        flow.setDropReason(number(reason))
                .setDropReasonDesc(reason)
                .setFile(FileInfo.newBuilder().setName("bpf_lxc.c").setLine(1 + random.nextInt(2400)));
        String why = reason == DropReason.POLICY_DENIED ? "Policy denied" : reason.name();
        link.write(EventKind.DROP, link.server(), flow, false, why);
    }

    private static int number(DropReason reason) {
        return reason.getNumber();
    }
}
