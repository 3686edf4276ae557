package io.github.hubbleexport.faults;

import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.observer.ExportEvent;

/** Events that say who wrote them and the how-manieth they are, so that a reader sees what is missing or doubled. */
final class Numbered {

    private static final char SEPARATOR = '/';

    private Numbered() {}

    /** An event; its uuid is the writer and the number. */
    static byte[] event(String writer, int number) {
        Flow.Builder flow =
                Flow.newBuilder().setUuid(writer + SEPARATOR + number).setVerdict(Verdict.FORWARDED);
        flow.getSourceBuilder()
                .setIdentity(number)
                .setPodName("pod-of-" + writer)
                .setNamespace("default");
        flow.getDestinationBuilder().addLabels("k8s:app=" + Integer.toHexString(number * 0x9E3779B9));
        flow.getL4Builder().getTCPBuilder().setSourcePort(1 + (number & 0x7FFF)).setDestinationPort(443);
        return ExportEvent.newBuilder()
                .setFlow(flow)
                .setNodeName("node-1")
                .build()
                .toByteArray();
    }

    static String writer(String uuid) {
        return uuid.substring(0, uuid.lastIndexOf(SEPARATOR));
    }

    static int number(String uuid) {
        return Integer.parseInt(uuid.substring(uuid.lastIndexOf(SEPARATOR) + 1));
    }
}
