package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** The path of a URL as Go's {@code url.ParseRequestURI} finds it, escapes resolved. */
final class GoUrl {

    private static final String USER_INFO = "-._:~!$&'()*+,;=%@";
    private static final String HOST = "-_.~!$&'()*+,;=:[]<>\"";

    /** Which bytes may follow a percent sign as hexadecimal digits, and which may stand for themselves. */
    private enum Part {
        PATH,
        USER,
        HOST,
        ZONE
    }

    private GoUrl() {}

    /**
     * The path.
     *
     * @return the path; empty for a URL without one ({@code mailto:x}); null for what is no URL of a request
     */
    static @Nullable String path(byte[] bytes, int offset, int length) {
        // One character a byte: what is compared is ASCII, and the path is decoded at the end.
        String url = new String(bytes, offset, length, ISO_8859_1);
        if (url.isEmpty() || url.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            return null;
        }
        if (url.equals("*")) {
            return url;
        }
        if (url.charAt(0) == ':') {
            return null;
        }
        int scheme = schemeLength(url);
        int query = url.indexOf('?', scheme);
        String rest = url.substring(scheme, query < 0 ? url.length() : query);
        if (!rest.startsWith("/")) {
            return scheme > 0 ? "" : null;
        }
        return scheme > 0 && rest.startsWith("//") ? pathBehindAuthority(rest.substring(2)) : text(rest);
    }

    private static @Nullable String pathBehindAuthority(String rest) {
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        return isAuthority(authority) ? text(slash < 0 ? "" : rest.substring(slash)) : null;
    }

    private static @Nullable String text(String escapedPath) {
        byte[] path = unescape(escapedPath, Part.PATH);
        return path == null ? null : GoText.decode(path, 0, path.length);
    }

    /** The length of the scheme with its colon, 0 if there is none. */
    private static int schemeLength(String url) {
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == ':') {
                return i + 1;
            }
            boolean isLater = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!isLetter(c) && (i == 0 || !isLater)) {
                return 0;
            }
        }
        return 0;
    }

    private static boolean isAuthority(String authority) {
        int at = authority.lastIndexOf('@');
        return isHost(authority.substring(at + 1)) && (at < 0 || isUserInfo(authority.substring(0, at)));
    }

    private static boolean isUserInfo(String userInfo) {
        return userInfo.chars().allMatch(c -> isAlphanumeric(c) || USER_INFO.indexOf(c) >= 0)
                && unescape(userInfo, Part.USER) != null;
    }

    private static boolean isHost(String host) {
        int bracket = host.indexOf('[');
        if (bracket > 0) {
            return false;
        }
        if (bracket == 0) {
            int end = host.lastIndexOf(']');
            return end > 0 && isPort(host.substring(end + 1)) && isIpLiteral(host.substring(1, end));
        }
        int colon = host.lastIndexOf(':');
        return (colon < 0 || isPort(host.substring(colon))) && unescape(host, Part.HOST) != null;
    }

    private static boolean isIpLiteral(String literal) {
        int zone = literal.indexOf("%25");
        byte[] address = unescape(zone < 0 ? literal : literal.substring(0, zone), Part.HOST);
        byte[] zoneName = unescape(zone < 0 ? "" : literal.substring(zone), Part.ZONE);
        return address != null
                && zoneName != null
                && (zone < 0 || zoneName.length > 1)
                && new Ipv6Reader(address, 0, address.length).read();
    }

    private static boolean isPort(String port) {
        return port.isEmpty() || (port.charAt(0) == ':' && port.chars().skip(1).allMatch(c -> c >= '0' && c <= '9'));
    }

    /** Resolves escapes; null where they are malformed, or a byte may not stand in that part of a URL. */
    private static byte @Nullable [] unescape(String text, Part part) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                if (!mayStand(c, part)) {
                    return null;
                }
                out.write(c);
                continue;
            }
            int value = i + 2 < text.length() ? hex(text, i + 1) : -1;
            if (value < 0 || !mayBeEscaped(value, part)) {
                return null;
            }
            out.write(value);
            i += 2;
        }
        return out.toByteArray();
    }

    private static boolean mayStand(char c, Part part) {
        return part == Part.PATH || part == Part.USER || c >= 0x80 || isHostByte(c);
    }

    /** In a host only bytes beyond ASCII may be escaped, in a zone also what could stand there unescaped. */
    private static boolean mayBeEscaped(int value, Part part) {
        return switch (part) {
            case PATH, USER -> true;
            case HOST -> value >= 0x80 || value == '%';
            case ZONE -> value == '%' || value == ' ' || isHostByte(value);
        };
    }

    private static boolean isHostByte(int c) {
        return isAlphanumeric(c) || HOST.indexOf(c) >= 0;
    }

    private static int hex(String text, int index) {
        int high = Character.digit(text.charAt(index), 16);
        int low = Character.digit(text.charAt(index + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static boolean isAlphanumeric(int c) {
        return isLetter(c) || (c >= '0' && c <= '9');
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
