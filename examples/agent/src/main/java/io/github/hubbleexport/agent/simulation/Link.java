package io.github.hubbleexport.agent.simulation;

import com.google.protobuf.BoolValue;
import io.github.hubbleexport.proto.flow.CiliumEventType;
import io.github.hubbleexport.proto.flow.Ethernet;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.FlowType;
import io.github.hubbleexport.proto.flow.IP;
import io.github.hubbleexport.proto.flow.IPVersion;
import io.github.hubbleexport.proto.flow.Layer4;
import io.github.hubbleexport.proto.flow.TraceObservationPoint;
import io.github.hubbleexport.proto.flow.TraceReason;
import io.github.hubbleexport.proto.flow.TrafficDirection;
import io.github.hubbleexport.proto.flow.Verdict;
import java.util.Objects;

/**
 * A client and a server that exchange packets, and what Hubble sees of each: the node that sends it sees it leave, and
 * the node that gets it sees it arrive. A packet between pods of one node is seen once.
 *
 * @param script where observations go
 * @param client who began
 * @param server who answers
 */
record Link(Script script, Peer client, Peer server) {

    private static final int DROP_EVENT = 1;
    private static final int TRACE_EVENT = 4;
    private static final int POLICY_EVENT = 5;
    private static final int ACCESS_LOG_EVENT = 129;

    /** A packet that goes its way. */
    void packet(EventKind kind, boolean reply, TraceReason reason, Layer4 l4, String summary) {
        Peer from = reply ? server : client;
        Peer to = reply ? client : server;
        boolean oneNode = Objects.equals(from.node(), to.node());
        if (from.node() != null && !oneNode) {
            observe(kind, from, reply, leaving(to), reason, l4, summary);
            script.pause(90);
        }
        if (to.node() != null) {
            observe(kind, to, reply, TraceObservationPoint.TO_ENDPOINT, reason, l4, summary);
        }
    }

    private static TraceObservationPoint leaving(Peer to) {
        return to.isOutside() ? TraceObservationPoint.TO_STACK : TraceObservationPoint.TO_OVERLAY;
    }

    private void observe(
            EventKind kind,
            Peer at,
            boolean reply,
            TraceObservationPoint point,
            TraceReason reason,
            Layer4 l4,
            String summary) {
        int subType = point == TraceObservationPoint.TO_ENDPOINT ? 0 : point.getNumber();
        Flow.Builder flow = l3(at, reply, l4, TRACE_EVENT, subType)
                .setVerdict(Verdict.FORWARDED)
                .setTraceObservationPoint(point)
                .setTraceReason(reason);
        write(kind, at, flow, reply, summary);
    }

    /** What policy decided about the first packet, at the node of one side. */
    Flow.Builder policyVerdict(Peer at, Layer4 l4) {
        return l3(at, false, l4, POLICY_EVENT, 0);
    }

    /** A packet of the client that one side's node throws away. */
    Flow.Builder drop(Peer at, Layer4 l4, int reason) {
        return l3(at, false, l4, DROP_EVENT, reason).setVerdict(Verdict.DROPPED);
    }

    /** What the proxy of one side's node read. */
    Flow.Builder message(Peer at, boolean reply, Layer4 l4) {
        return addressed(at, reply, l4, ACCESS_LOG_EVENT, 0).setType(FlowType.L7);
    }

    /** Writes down a flow that one side's node saw. Some of what flows carry is out of fashion, and is there still. */
    @SuppressWarnings("deprecation")
    void write(EventKind kind, Peer at, Flow.Builder flow, boolean reply, String summary) {
        flow.setReply(reply).setIsReply(BoolValue.of(reply)).setSummary(summary);
        script.flow(kind, Objects.requireNonNull(at.node(), "node"), flow);
    }

    private Flow.Builder l3(Peer at, boolean reply, Layer4 l4, int type, int subType) {
        Flow.Builder flow = addressed(at, reply, l4, type, subType).setType(FlowType.L3_L4);
        if (at.device() != null) {
            flow.setInterface(at.device());
        }
        if (!client.isOutside() && !server.isOutside()) {
            flow.setEthernet(Ethernet.newBuilder()
                    .setSource((reply ? server : client).mac())
                    .setDestination((reply ? client : server).mac()));
        }
        return flow;
    }

    private Flow.Builder addressed(Peer at, boolean reply, Layer4 l4, int type, int subType) {
        Peer from = reply ? server : client;
        Peer to = reply ? client : server;
        Flow.Builder flow = Flow.newBuilder()
                .setIP(IP.newBuilder()
                        .setSource(from.ip())
                        .setDestination(to.ip())
                        .setIpVersion(IPVersion.IPv4))
                .setL4(l4)
                .setSource(from.endpoint())
                .setDestination(to.endpoint())
                .setEventType(CiliumEventType.newBuilder().setType(type).setSubType(subType))
                .setTrafficDirection(at.equals(client) ? TrafficDirection.EGRESS : TrafficDirection.INGRESS);
        names(flow, from, to);
        return flow;
    }

    private static void names(Flow.Builder flow, Peer from, Peer to) {
        if (from.isOutside()) {
            flow.addSourceNames(from.dnsName());
        }
        if (to.isOutside()) {
            flow.addDestinationNames(to.dnsName());
        }
        if (from.service() != null) {
            flow.setSourceService(from.service());
        }
        if (to.service() != null) {
            flow.setDestinationService(to.service());
        }
    }
}
