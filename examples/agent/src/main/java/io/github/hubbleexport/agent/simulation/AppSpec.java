package io.github.hubbleexport.agent.simulation;

import java.util.List;

/**
 * What runs in the cluster.
 *
 * @param namespace where
 * @param name what it is called
 * @param kind what controls its pods
 * @param replicas how many pods it has
 * @param port where it listens; 0 if it only asks
 */
record AppSpec(String namespace, String name, String kind, int replicas, int port) {

    static final List<AppSpec> ALL = List.of(
            new AppSpec("shop", "frontend", "Deployment", 3, 8080),
            new AppSpec("shop", "catalog", "Deployment", 2, 8080),
            new AppSpec("shop", "cart", "Deployment", 2, 8080),
            new AppSpec("shop", "checkout", "Deployment", 2, 8080),
            new AppSpec("shop", "orders-db", "StatefulSet", 2, 5432),
            new AppSpec("shop", "sessions", "StatefulSet", 1, 6379),
            new AppSpec("billing", "invoices", "Deployment", 2, 8443),
            new AppSpec("billing", "nightly-report", "Job", 1, 0),
            new AppSpec("monitoring", "prometheus", "StatefulSet", 1, 9090),
            new AppSpec("monitoring", "node-exporter", "DaemonSet", 4, 9100),
            new AppSpec("kube-system", "coredns", "Deployment", 2, 53),
            new AppSpec("kube-system", "hubble-relay", "Deployment", 1, 4245),
            new AppSpec("sandbox", "load-test", "Job", 1, 0));
}
