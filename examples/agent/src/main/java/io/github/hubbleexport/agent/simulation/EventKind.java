package io.github.hubbleexport.agent.simulation;

/** What a simulated event is about, for tables. */
public enum EventKind {
    /** A packet of a TCP connection. */
    TCP,
    /** A UDP datagram, or what the proxy read in it: here always DNS. */
    DNS,
    /** An HTTP request or response, as the proxy read it. */
    HTTP,
    /** An ICMP echo or its reply. */
    ICMP,
    /** Something that was dropped. */
    DROP,
    /** Word that events are missing. */
    LOST
}
