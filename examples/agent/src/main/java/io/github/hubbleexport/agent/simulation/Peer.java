package io.github.hubbleexport.agent.simulation;

import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.NetworkInterface;
import io.github.hubbleexport.proto.flow.Service;
import org.jspecify.annotations.Nullable;

/**
 * One side of a conversation: a pod, or somebody outside the cluster.
 *
 * @param endpoint what flows tell about it
 * @param ip its address
 * @param mac the address of its interface; empty outside
 * @param node where it runs; null outside
 * @param device its interface on that node; null outside
 * @param service the service it belongs to; null if it only asks
 * @param dnsName what others look up to find it
 */
record Peer(
        Endpoint endpoint,
        String ip,
        String mac,
        @Nullable Node node,
        @Nullable NetworkInterface device,
        @Nullable Service service,
        String dnsName) {

    boolean isOutside() {
        return node == null;
    }
}
