package io.github.hubbleexport.agent.simulation;

import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.NetworkInterface;
import io.github.hubbleexport.proto.flow.Service;
import io.github.hubbleexport.proto.flow.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Nodes, pods and the outside world. Immutable once made. */
final class Cluster {

    static final String NAME = "demo";
    static final String DNS_SUFFIX = ".svc.cluster.local";

    private static final int NODES = 4;
    private static final int FIRST_IDENTITY = 20_000;
    private static final int WORLD_IDENTITY = 2;
    private static final String POD_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final SplittableRandom random;
    private final List<Node> nodes =
            IntStream.range(0, NODES).mapToObj(Node::numbered).toList();
    private final List<Peer> pods = new ArrayList<>();
    private final List<Peer> world = List.of(
            outside("payments.example.com", "203.0.113.10"),
            outside("cdn.example.net", "198.51.100.77"),
            outside("mirror.example.org", "198.51.100.12"));

    Cluster(SplittableRandom random) {
        this.random = random;
        for (int app = 0; app < AppSpec.ALL.size(); app++) {
            addPods(AppSpec.ALL.get(app), FIRST_IDENTITY + 317 * app);
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Somebody outside. */
    Peer outside() {
        return world.get(random.nextInt(world.size()));
    }

    /** Any pod of an application. */
    Peer pod(String app) {
        List<Peer> candidates = pods.stream()
                .filter(pod -> pod.endpoint().getWorkloads(0).getName().equals(app))
                .toList();
        return candidates.get(random.nextInt(candidates.size()));
    }

    /** Where an application listens. */
    static int port(String app) {
        return AppSpec.ALL.stream()
                .filter(spec -> spec.name().equals(app))
                .findFirst()
                .orElseThrow()
                .port();
    }

    private void addPods(AppSpec app, int identity) {
        for (int replica = 0; replica < app.replicas(); replica++) {
            pods.add(pod(app, identity, replica));
        }
    }

    private Peer pod(AppSpec app, int identity, int replica) {
        int number = pods.size();
        Service service = Service.newBuilder()
                .setName(app.name())
                .setNamespace(app.namespace())
                .build();
        return new Peer(
                endpoint(app, identity, podName(app, replica)),
                "10.0." + number % NODES + "." + (20 + number),
                mac(),
                nodes.get(number % NODES),
                device(number),
                app.port() == 0 ? null : service,
                app.name() + "." + app.namespace() + DNS_SUFFIX);
    }

    private Endpoint endpoint(AppSpec app, int identity, String podName) {
        return Endpoint.newBuilder()
                .setID(100 + random.nextInt(3900))
                .setIdentity(identity)
                .setClusterName(NAME)
                .setNamespace(app.namespace())
                .addAllLabels(labels(app))
                .setPodName(podName)
                .addWorkloads(Workload.newBuilder().setName(app.name()).setKind(app.kind()))
                .build();
    }

    private static List<String> labels(AppSpec app) {
        return List.of(
                "k8s:app=" + app.name(),
                "k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name=" + app.namespace(),
                "k8s:io.cilium.k8s.policy.cluster=" + NAME,
                "k8s:io.cilium.k8s.policy.serviceaccount=" + app.name(),
                "k8s:io.kubernetes.pod.namespace=" + app.namespace());
    }

    private String podName(AppSpec app, int replica) {
        return switch (app.kind()) {
            case "StatefulSet" -> app.name() + "-" + replica;
            case "Deployment" -> app.name() + "-" + letters(9) + "-" + letters(5);
            default -> app.name() + "-" + letters(5);
        };
    }

    private String letters(int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(POD_LETTERS.charAt(random.nextInt(POD_LETTERS.length())));
        }
        return text.toString();
    }

    private String mac() {
        return String.format(
                Locale.ROOT,
                "%02x:%02x:%02x:%02x:%02x:%02x",
                (random.nextInt(256) & 0xFC) | 0x02, // an address that was made up, not a manufacturer's
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(256));
    }

    private NetworkInterface device(int number) {
        return NetworkInterface.newBuilder()
                .setIndex(7 + 2 * number)
                .setName("lxc" + Integer.toHexString(0x10000000 + random.nextInt(0x6FFFFFFF)))
                .build();
    }

    private static Peer outside(String name, String ip) {
        Endpoint endpoint = Endpoint.newBuilder()
                .setIdentity(WORLD_IDENTITY)
                .addLabels("reserved:world")
                .build();
        return new Peer(endpoint, ip, "", null, null, null, name);
    }
}
