package io.github.hubbleexport.agent.serve;

import io.github.hubbleexport.problem.Problems;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses to listen on: {@code 127.0.0.1:9967}, {@code [::1]:0}, {@code localhost:9967}. No name server is asked. */
public final class ListenAddress {

    private static final Pattern HOST_AND_PORT = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]*)):([0-9]{1,5})");
    private static final Pattern IPV4 = Pattern.compile("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}");
    private static final int MAX_PORT = 65_535;

    private ListenAddress() {}

    /**
     * Reads an address.
     *
     * @param flag what problems are told about
     * @param remoteFlag the flag that allows others than loopback
     * @param remote whether it was given
     * @return null if there are problems
     */
    public static @Nullable InetSocketAddress parse(
            String text, String flag, String remoteFlag, boolean remote, Problems problems) {
        Matcher parts = HOST_AND_PORT.matcher(text);
        InetAddress host = parts.matches() ? host(parts) : null;
        int port = host == null ? -1 : Integer.parseInt(parts.group(3));
        if (host == null || port > MAX_PORT) {
            problems.add(
                    flag, text, "expected an address and a port, such as 127.0.0.1:9967, [::1]:9967 or localhost:0");
            return null;
        }
        if (!host.isLoopbackAddress() && !remote) {
            problems.add(
                    flag,
                    text,
                    "is not a loopback address; whoever reaches it can read all; to allow it: " + remoteFlag);
            return null;
        }
        return new InetSocketAddress(host, port);
    }

    private static @Nullable InetAddress host(Matcher parts) {
        String ipv6 = parts.group(1);
        String other = parts.group(2);
        if (ipv6 == null && "localhost".equals(other)) {
            return InetAddress.getLoopbackAddress();
        }
        String literal = ipv6 == null ? other : ipv6;
        boolean isAddress = ipv6 == null ? IPV4.matcher(literal).matches() : literal.contains(":");
        try {
            return isAddress ? InetAddress.getByName(literal) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
