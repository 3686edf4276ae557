package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * IPv4 addresses, and what tells them from IPv6 ones, as Go's {@code net/netip} reads them: no names, no leading zeros,
 * four numbers. IPv6 addresses are read by {@link Ipv6Reader}.
 */
final class IpText {

    private IpText() {}

    /** Whether a text is an address; one of IPv6 may have a zone, {@code fe80::1%eth0}. */
    static boolean isAddress(String text) {
        int zone = text.indexOf('%');
        byte[] bytes = text.getBytes(UTF_8);
        if (!isSix(bytes, 0, bytes.length)) {
            return four(bytes, 0, bytes.length) >= 0;
        }
        String address = zone < 0 ? text : text.substring(0, zone);
        byte[] withoutZone = address.getBytes(UTF_8);
        return zone != text.length() - 1 && new Ipv6Reader(withoutZone, 0, withoutZone.length).read();
    }

    /** Whether a range that holds an address holds one of IPv6: a colon comes before any dot or zone. */
    static boolean isSix(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            if (b == ':' || b == '.' || b == '%') {
                return b == ':';
            }
        }
        return false;
    }

    /** An IPv4 address as a number of 32 bits, or -1 if there is none. */
    static long four(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int position = offset;
        long address = 0;
        for (int part = 0; part < 4; part++) {
            if (part > 0 && (position >= end || bytes[position++] != '.')) {
                return -1;
            }
            int start = position;
            while (position < end && isDigit(bytes[position])) {
                position++;
            }
            int value = octet(bytes, start, position);
            if (value < 0) {
                return -1;
            }
            address = address << 8 | value;
        }
        return position == end ? address : -1;
    }

    private static int octet(byte[] bytes, int start, int end) {
        int digits = end - start;
        if (digits < 1 || digits > 3 || (digits > 1 && bytes[start] == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value > 255 ? -1 : value;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
