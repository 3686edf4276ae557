package io.github.hubbleexport.testkit;

import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Service;
import io.github.hubbleexport.proto.flow.Workload;
import java.util.List;

/** An application of the imagined cluster: what all endpoints of its pods have in common. */
record ClusterApp(String namespace, String name, String kind, int identity) {

    static final List<ClusterApp> ALL = List.of(
            new ClusterApp("cert-manager", "cert-manager", "Deployment", 13096),
            new ClusterApp("default", "deathstar", "Deployment", 10010),
            new ClusterApp("default", "tiefighter", "Deployment", 10987),
            new ClusterApp("default", "xwing", "Deployment", 6102),
            new ClusterApp("ingress-nginx", "controller", "Deployment", 11173),
            new ClusterApp("kafka", "broker", "StatefulSet", 7017),
            new ClusterApp("kube-system", "coredns", "Deployment", 8180),
            new ClusterApp("kube-system", "hubble-relay", "Deployment", 13065),
            new ClusterApp("kube-system", "hubble-ui", "Deployment", 10134),
            new ClusterApp("kube-system", "metrics-server", "Deployment", 15019),
            new ClusterApp("monitoring", "kube-prometheus-stack-grafana", "Deployment", 29643),
            new ClusterApp("monitoring", "kube-prometheus-stack-operator", "Deployment", 30620),
            new ClusterApp("monitoring", "node-exporter", "DaemonSet", 14011),
            new ClusterApp("monitoring", "prometheus-kube-prometheus-stack-prometheus", "StatefulSet", 43321),
            new ClusterApp("shop", "cart", "Deployment", 5032),
            new ClusterApp("shop", "checkout", "Deployment", 8940),
            new ClusterApp("shop", "frontend", "Deployment", 8941),
            new ClusterApp("shop", "payments", "Deployment", 8942),
            new ClusterApp("team-a", "api-gateway", "Deployment", 11933),
            new ClusterApp("team-b", "batch-worker", "Job", 12910));

    boolean hasNumberedPods() {
        return kind.equals("StatefulSet");
    }

    List<String> labels() {
        return List.of(
                "k8s:app.kubernetes.io/instance=" + name,
                "k8s:app.kubernetes.io/name=" + name,
                "k8s:app=" + name,
                "k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name=" + namespace,
                "k8s:io.cilium.k8s.policy.cluster=default",
                "k8s:io.cilium.k8s.policy.serviceaccount=" + name,
                "k8s:io.kubernetes.pod.namespace=" + namespace);
    }

    Endpoint endpoint(int id, String podName) {
        return Endpoint.newBuilder()
                .setID(id)
                .setIdentity(identity)
                .setNamespace(namespace)
                .addAllLabels(labels())
                .setPodName(podName)
                .addWorkloads(Workload.newBuilder().setName(name).setKind(kind))
                .setClusterName("default")
                .build();
    }

    Service service() {
        return Service.newBuilder().setName(name).setNamespace(namespace).build();
    }

    /** The name that DNS has for its service. */
    String host() {
        return name + "." + namespace + ".svc.cluster.local";
    }
}
