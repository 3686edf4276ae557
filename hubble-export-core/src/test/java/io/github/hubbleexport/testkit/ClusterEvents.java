package io.github.hubbleexport.testkit;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Int32Value;
import com.google.protobuf.Timestamp;
import io.github.hubbleexport.proto.flow.CiliumEventType;
import io.github.hubbleexport.proto.flow.DropReason;
import io.github.hubbleexport.proto.flow.Emitter;
import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Ethernet;
import io.github.hubbleexport.proto.flow.FileInfo;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.FlowType;
import io.github.hubbleexport.proto.flow.IP;
import io.github.hubbleexport.proto.flow.IPVersion;
import io.github.hubbleexport.proto.flow.LostEvent;
import io.github.hubbleexport.proto.flow.LostEventSource;
import io.github.hubbleexport.proto.flow.NetworkInterface;
import io.github.hubbleexport.proto.flow.Policy;
import io.github.hubbleexport.proto.flow.SocketTranslationPoint;
import io.github.hubbleexport.proto.flow.TraceObservationPoint;
import io.github.hubbleexport.proto.flow.TraceReason;
import io.github.hubbleexport.proto.flow.TrafficDirection;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of an imagined cluster, as many as are asked for, shaped like the 400 of {@code encode/cluster.bin}: the same
 * kinds in the same shares, the same fields as often, the same sizes, twenty applications whose lists of labels recur,
 * and a new pod in nearly every event. The same seed gives the same events.
 */
public final class ClusterEvents {

    /** How many events a benchmark is fed unless told otherwise: their bytes do not fit in the caches of a core. */
    public static final int DEFAULT_COUNT = 20_000;

    private static final long FIRST_SECOND = 1_753_555_500L;
    private static final int EVENTS_PER_SECOND = 400;
    private static final int NODES = 5;
    private static final int DROPPED = 133;
    private static final int TRACE = 4;
    private static final int POLICY_VERDICT = 5;
    private static final int ACCESS_LOG = 129;
    private static final int[] TRACE_SUB_TYPES = {0, 3, 4, 5, 11};
    private static final List<String> RESERVED = List.of("host", "kube-apiserver", "remote-node", "world");
    private static final int[] RESERVED_IDENTITIES = {1, 2, 6, 7};
    private static final List<String> NAMES =
            List.of("api.github.com", "registry.example.org", "s3.ap-northeast-2.amazonaws.com");
    private static final List<DropReason> DROP_REASONS =
            List.of(DropReason.POLICY_DENIED, DropReason.STALE_OR_UNROUTABLE_IP, DropReason.UNSUPPORTED_L3_PROTOCOL);
    private static final List<TraceReason> TRACE_REASONS =
            List.of(TraceReason.NEW, TraceReason.ESTABLISHED, TraceReason.REPLY);
    private static final List<TraceObservationPoint> OBSERVATION_POINTS = List.of(
            TraceObservationPoint.TO_STACK,
            TraceObservationPoint.FROM_ENDPOINT,
            TraceObservationPoint.TO_OVERLAY,
            TraceObservationPoint.TO_ENDPOINT);

    /** What is drawn for an event; the shares are counted in the data. */
    private enum Kind {
        TRACED(714),
        ACCESS_HTTP(88),
        ACCESS_DNS(60),
        DENIED(68),
        JUDGED(43),
        TRANSLATED(27);

        private final int share;

        Kind(int share) {
            this.share = share;
        }
    }

    private final Dice dice;
    private final ClusterTraffic traffic;
    private int count;

    public ClusterEvents(long seed) {
        dice = new Dice(seed);
        traffic = new ClusterTraffic(dice);
    }

    /** So many events of one seed. */
    public static List<ExportEvent> list(long seed, int count) {
        ClusterEvents events = new ClusterEvents(seed);
        List<ExportEvent> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(events.next());
        }
        return list;
    }

    /** The next event: a flow, or now and then the news of lost ones. */
    public ExportEvent next() {
        String node = "k8s-w" + (1 + dice.below(NODES));
        Timestamp time = nextTime();
        ExportEvent.Builder event =
                ExportEvent.newBuilder().setNodeName("default/" + node).setTime(time);
        if (dice.chance(0.005)) {
            return event.setLostEvents(lostEvents()).build();
        }
        return event.setFlow(flow(node, time)).build();
    }

    private Timestamp nextTime() {
        return Timestamp.newBuilder()
                .setSeconds(FIRST_SECOND + count++ / EVENTS_PER_SECOND)
                .setNanos(1 + dice.below(999_999_999))
                .build();
    }

    private LostEvent lostEvents() {
        return LostEvent.newBuilder()
                .setSource(LostEventSource.HUBBLE_RING_BUFFER)
                .setNumEventsLost(1 + dice.below(200))
                .setCpu(Int32Value.of(1 + dice.below(8)))
                .build();
    }

    private Flow flow(String node, Timestamp time) {
        Flow.Builder flow = Flow.newBuilder().setTime(time).setVerdict(Verdict.FORWARDED);
        boolean reply = dice.chance(0.5);
        flow.setUuid(dice.uuid())
                .setEmitter(Emitter.newBuilder().setName("Hubble").setVersion("1.19.4"));
        addNode(flow, node);
        addPath(flow, reply);
        addEnds(flow);
        flow.setL4(traffic.layer4(reply));
        addKind(flow, kind());
        return flow.build();
    }

    private Kind kind() {
        int drawn = dice.below(1000);
        for (Kind kind : Kind.values()) {
            drawn -= kind.share;
            if (drawn < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the shares are not a thousand");
    }

    private static void addNode(Flow.Builder flow, String node) {
        flow.setNodeName("default/" + node)
                .addNodeLabels("beta.kubernetes.io/arch=amd64")
                .addNodeLabels("beta.kubernetes.io/os=linux")
                .addNodeLabels("kubernetes.io/arch=amd64")
                .addNodeLabels("kubernetes.io/hostname=" + node)
                .addNodeLabels("kubernetes.io/os=linux");
    }

    @SuppressWarnings("deprecation") // Hubble still fills what is deprecated
    private void addPath(Flow.Builder flow, boolean reply) {
        flow.setReply(reply)
                .setIsReply(BoolValue.of(reply))
                .setTrafficDirection(dice.chance(0.5) ? TrafficDirection.INGRESS : TrafficDirection.EGRESS)
                .setTraceReason(dice.oneOf(TRACE_REASONS))
                .setTraceObservationPoint(dice.oneOf(OBSERVATION_POINTS))
                .setSummary("TCP Flags: ACK");
    }

    private void addEnds(Flow.Builder flow) {
        ClusterApp source = dice.oneOf(ClusterApp.ALL);
        ClusterApp destination = dice.oneOf(ClusterApp.ALL);
        flow.setSource(dice.chance(33 / 398.0) ? reserved() : pod(source));
        if (dice.chance(43 / 398.0)) {
            flow.setDestination(reserved()).addDestinationNames(dice.oneOf(NAMES));
        } else {
            flow.setDestination(pod(destination));
        }
        if (dice.chance(136 / 398.0)) {
            flow.setDestinationService(destination.service());
        }
        flow.setIP(ip());
    }

    private Endpoint reserved() {
        return Endpoint.newBuilder()
                .setIdentity(RESERVED_IDENTITIES[dice.below(RESERVED_IDENTITIES.length)])
                .addLabels("reserved:" + dice.oneOf(RESERVED))
                .build();
    }

    private Endpoint pod(ClusterApp app) {
        String suffix =
                app.hasNumberedPods() ? String.valueOf(dice.below(3)) : dice.podHash(10) + "-" + dice.podHash(5);
        return app.endpoint(100 + dice.below(4000), app.name() + "-" + suffix);
    }

    private IP ip() {
        boolean six = dice.chance(0.04);
        return IP.newBuilder()
                .setSource(six ? dice.address6() : dice.address4())
                .setDestination(six ? dice.address6() : dice.address4())
                .setIpVersion(six ? IPVersion.IPv6 : IPVersion.IPv4)
                .build();
    }

    private void addKind(Flow.Builder flow, Kind kind) {
        switch (kind) {
            case TRACED -> addTrace(flow);
            case DENIED -> addDrop(flow);
            case JUDGED -> addVerdict(flow);
            case TRANSLATED -> addTranslation(flow);
            case ACCESS_HTTP -> traffic.addHttp(accessLog(flow));
            case ACCESS_DNS -> traffic.addDns(accessLog(flow));
        }
    }

    private void addTrace(Flow.Builder flow) {
        addPacket(flow, TRACE, TRACE_SUB_TYPES[dice.below(TRACE_SUB_TYPES.length)]);
    }

    private void addPacket(Flow.Builder flow, int type, int subType) {
        flow.setType(FlowType.L3_L4)
                .setEventType(eventType(type, subType))
                .setEthernet(Ethernet.newBuilder().setSource(dice.mac()).setDestination(dice.mac()))
                .setInterface(NetworkInterface.newBuilder()
                        .setIndex(1 + dice.below(40))
                        .setName("lxc" + dice.hex(8) + "-" + dice.hex(3)));
    }

    @SuppressWarnings("deprecation") // Hubble still fills what is deprecated
    private void addDrop(Flow.Builder flow) {
        addPacket(flow, 1, DROPPED);
        flow.setVerdict(Verdict.DROPPED)
                .setDropReason(DROPPED)
                .setDropReasonDesc(dice.oneOf(DROP_REASONS))
                .setFile(FileInfo.newBuilder().setName("bpf_lxc.c").setLine(300 + dice.below(1300)))
                .setSummary("Policy denied");
    }

    private void addVerdict(Flow.Builder flow) {
        addPacket(flow, POLICY_VERDICT, 0);
        ClusterApp app = dice.oneOf(ClusterApp.ALL);
        String name = "allow-" + app.name();
        flow.setPolicyMatchType(dice.below(5))
                .addEgressAllowedBy(Policy.newBuilder()
                        .setKind("CiliumNetworkPolicy")
                        .setName(name)
                        .setNamespace(app.namespace())
                        .addLabels("k8s:io.cilium.k8s.policy.derived-from=CiliumNetworkPolicy")
                        .addLabels("k8s:io.cilium.k8s.policy.name=" + name)
                        .setRevision(1 + dice.below(30)));
    }

    private void addTranslation(Flow.Builder flow) {
        flow.setType(FlowType.SOCK)
                .setVerdict(Verdict.TRANSLATED)
                .setEventType(eventType(TRACE, TRACE_SUB_TYPES[dice.below(TRACE_SUB_TYPES.length)]))
                .setSockXlatePoint(SocketTranslationPoint.SOCK_XLATE_POINT_PRE_DIRECTION_FWD)
                .setSocketCookie(dice.nextLong())
                .setCgroupId(10_000 + dice.below(60_000));
    }

    private static Flow.Builder accessLog(Flow.Builder flow) {
        return flow.setType(FlowType.L7).setEventType(eventType(ACCESS_LOG, 0));
    }

    private static CiliumEventType eventType(int type, int subType) {
        return CiliumEventType.newBuilder().setType(type).setSubType(subType).build();
    }
}
