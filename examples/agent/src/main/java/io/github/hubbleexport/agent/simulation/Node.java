package io.github.hubbleexport.agent.simulation;

import java.util.List;

/**
 * A machine of the cluster.
 *
 * @param name with the cluster's name before it, as flows carry it
 * @param labels its Kubernetes labels
 */
record Node(String name, List<String> labels) {

    /** The node with this number, counted from 0. */
    static Node numbered(int number) {
        String host = "node-" + (number + 1);
        return new Node(
                Cluster.NAME + "/" + host,
                List.of("kubernetes.io/arch=amd64", "kubernetes.io/hostname=" + host, "kubernetes.io/os=linux"));
    }
}
