package io.github.hubbleexport.agent.simulation;

import io.github.hubbleexport.proto.flow.ICMPv4;
import io.github.hubbleexport.proto.flow.Layer4;
import io.github.hubbleexport.proto.flow.TCP;
import io.github.hubbleexport.proto.flow.TCPFlags;
import io.github.hubbleexport.proto.flow.UDP;

/** The two ports of a conversation, and the headers made with them. */
record Transport(int clientPort, int serverPort) {

    static final TCPFlags SYN = TCPFlags.newBuilder().setSYN(true).build();
    static final TCPFlags SYN_ACK = SYN.toBuilder().setACK(true).build();
    static final TCPFlags ACK = TCPFlags.newBuilder().setACK(true).build();
    static final TCPFlags PSH_ACK = ACK.toBuilder().setPSH(true).build();
    static final TCPFlags FIN_ACK = ACK.toBuilder().setFIN(true).build();
    static final TCPFlags RST = TCPFlags.newBuilder().setRST(true).build();

    private static final int ECHO = 8;

    Layer4 tcp(boolean reply, TCPFlags flags) {
        return Layer4.newBuilder().setTCP(ports(reply).setFlags(flags)).build();
    }

    /** What a proxy knows: no single segment. */
    Layer4 tcp(boolean reply) {
        return Layer4.newBuilder().setTCP(ports(reply)).build();
    }

    Layer4 udp(boolean reply) {
        return Layer4.newBuilder()
                .setUDP(UDP.newBuilder()
                        .setSourcePort(reply ? serverPort : clientPort)
                        .setDestinationPort(reply ? clientPort : serverPort))
                .build();
    }

    static Layer4 echo(boolean reply) {
        return Layer4.newBuilder()
                .setICMPv4(ICMPv4.newBuilder().setType(reply ? 0 : ECHO))
                .build();
    }

    private TCP.Builder ports(boolean reply) {
        return TCP.newBuilder()
                .setSourcePort(reply ? serverPort : clientPort)
                .setDestinationPort(reply ? clientPort : serverPort);
    }
}
