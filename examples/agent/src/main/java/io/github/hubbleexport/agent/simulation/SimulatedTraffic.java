package io.github.hubbleexport.agent.simulation;

import java.util.List;
import java.util.SplittableRandom;

/**
 * An endless sequence of events, in the order of their times. Two of them with one seed are equal. For one thread.
 *
 * <p>Pods look names up, fetch pages from each other and from outside, talk to databases, are scraped and pinged by the
 * monitoring, and now and then somebody tries what policy forbids, a packet comes to grief or a node loses events.
 */
public final class SimulatedTraffic {

    private static final int SCENE_EVERY_NANOS = 2_000_000;
    private static final int FIRST_CLIENT_PORT = 32_768;
    private static final int DNS_PORT = 53;

    /** Who asks whom over HTTP. */
    private static final List<List<String>> CALLS = List.of(
            List.of("frontend", "catalog"),
            List.of("frontend", "cart"),
            List.of("frontend", "checkout"),
            List.of("checkout", "invoices"),
            List.of("prometheus", "node-exporter"));

    /** Who talks to whom in a protocol that no proxy reads. */
    private static final List<List<String>> CONNECTIONS = List.of(
            List.of("catalog", "orders-db"),
            List.of("checkout", "orders-db"),
            List.of("cart", "sessions"),
            List.of("nightly-report", "invoices"),
            List.of("hubble-relay", "prometheus"));

    private final SplittableRandom random;
    private final Cluster cluster;
    private final Script script;
    private final TroubleScenes troubles;
    private long nextScene;

    /**
     * Begins at its fixed first moment.
     *
     * @param seed tells one sequence from another
     */
    public SimulatedTraffic(long seed) {
        random = new SplittableRandom(seed);
        cluster = new Cluster(random);
        script = new Script(random);
        troubles = new TroubleScenes(random);
    }

    /** The next event. */
    public SimulatedEvent next() {
        while (script.oldest() >= nextScene) {
            script.beginAt(nextScene);
            nextScene += 1 + random.nextInt(2 * SCENE_EVERY_NANOS);
            playOne();
        }
        return script.take();
    }

    private void playOne() {
        int dice = random.nextInt(100);
        if (dice < 35) {
            call(pick(CALLS));
        } else if (dice < 60) {
            connect(pick(CONNECTIONS));
        } else if (dice < 75) {
            lookUp(cluster.pod(pick(CALLS).get(0)), cluster.outside());
        } else if (dice < 82) {
            leave();
        } else {
            rare(dice);
        }
    }

    private void rare(int dice) {
        if (dice < 90) {
            troubles.ping(new Link(script, cluster.pod("prometheus"), cluster.pod("node-exporter")));
        } else if (dice < 96) {
            troubles.denied(link("load-test", "orders-db"), ports(Cluster.port("orders-db")));
        } else if (dice < 99) {
            troubles.fault(link("cart", "sessions"), ports(Cluster.port("sessions")));
        } else {
            troubles.lost(script, pick(cluster.nodes()));
        }
    }

    private void call(List<String> apps) {
        Link link = link(apps.get(0), apps.get(1));
        lookUp(link.client(), link.server());
        new HttpScene(random, link, ports(Cluster.port(apps.get(1)))).play();
    }

    private void connect(List<String> apps) {
        new TcpScene(random, link(apps.get(0), apps.get(1)), ports(Cluster.port(apps.get(1)))).play();
    }

    /** Somebody inside fetches something from outside, over TLS. */
    private void leave() {
        Link link = new Link(script, cluster.pod("checkout"), cluster.outside());
        lookUp(link.client(), link.server());
        new TcpScene(random, link, ports(443)).play();
    }

    private void lookUp(Peer client, Peer wanted) {
        Link link = new Link(script, client, cluster.pod("coredns"));
        new DnsScene(random, link, ports(DNS_PORT), wanted).play();
    }

    private Link link(String client, String server) {
        return new Link(script, cluster.pod(client), cluster.pod(server));
    }

    private Transport ports(int server) {
        return new Transport(FIRST_CLIENT_PORT + random.nextInt(28_000), server);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
