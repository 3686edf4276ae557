package io.github.hubbleexport.filter;

/**
 * Reads one IPv6 address as Go's {@code net/netip} does: the last two groups may be written as an IPv4 address, and
 * what stands for an IPv4 address ({@code ::ffff:10.0.0.1}) stays an IPv6 one. Zones are not part of it.
 */
final class Ipv6Reader {

    private static final int GROUPS = 8;
    private static final int GROUP_BITS = 16;
    private static final int GROUP_DIGITS = 4;
    private static final int NO_GAP = -1;

    private final byte[] in;
    private final int end;
    private int position;
    private int groups;
    private int gap = NO_GAP;
    private long upper;
    private long lower;

    Ipv6Reader(byte[] in, int offset, int length) {
        this.in = in;
        this.position = offset;
        this.end = offset + length;
    }

    /** The upper 64 bits, after a successful {@link #read}. */
    long upper() {
        return upper;
    }

    /** The lower 64 bits, after a successful {@link #read}. */
    long lower() {
        return lower;
    }

    /** Whether the whole range is an address. */
    boolean read() {
        if (at(position, ':') && at(position + 1, ':')) {
            gap = 0;
            position += 2;
            if (position == end) {
                return true;
            }
        }
        while (groups < GROUPS) {
            if (!readGroup()) {
                return false;
            }
            if (position == end) {
                return fillGap();
            }
            if (!readSeparator()) {
                return false;
            }
            if (position == end) {
                return fillGap();
            }
        }
        return false;
    }

    private boolean readGroup() {
        int start = position;
        int value = 0;
        while (position < end && hex(in[position]) >= 0) {
            value = value << 4 | hex(in[position++]);
            if (position - start > GROUP_DIGITS) {
                return false;
            }
        }
        if (at(position, '.')) {
            return readFour(start);
        }
        push(value, GROUP_BITS);
        groups++;
        return position > start;
    }

    /** The IPv4 address at the end; without a gap it must be the last two groups. */
    private boolean readFour(int start) {
        if (groups > GROUPS - 2 || (gap == NO_GAP && groups < GROUPS - 2)) {
            return false;
        }
        long four = IpText.four(in, start, end - start);
        push(four, 2 * GROUP_BITS);
        groups += 2;
        position = end;
        return four >= 0;
    }

    /** A colon with something behind it, or the one gap of two colons, which may end the address. */
    private boolean readSeparator() {
        if (!at(position, ':') || position + 1 == end) {
            return false;
        }
        position++;
        if (!at(position, ':')) {
            return true;
        }
        position++;
        boolean isFirst = gap == NO_GAP;
        gap = groups;
        return isFirst;
    }

    private void push(long value, int bits) {
        upper = upper << bits | lower >>> (Long.SIZE - bits);
        lower = lower << bits | value;
    }

    /** Moves the groups behind the gap to the end. A gap stands for one group of zeros or more. */
    private boolean fillGap() {
        if (gap == NO_GAP || groups == GROUPS) {
            return gap == NO_GAP && groups == GROUPS;
        }
        int behind = (groups - gap) * GROUP_BITS;
        int zeros = (GROUPS - groups) * GROUP_BITS;
        long behindUpper = behind > Long.SIZE ? upper & ones(behind - Long.SIZE) : 0;
        long behindLower = lower & ones(behind);
        long beforeUpper = upper ^ behindUpper;
        long beforeLower = lower ^ behindLower;
        upper = behindUpper | shiftedUpper(beforeUpper, beforeLower, zeros);
        lower = behindLower | (zeros >= Long.SIZE ? 0 : beforeLower << zeros);
        return true;
    }

    private static long shiftedUpper(long upper, long lower, int bits) {
        if (bits >= Long.SIZE) {
            return bits >= 2 * Long.SIZE ? 0 : lower << (bits - Long.SIZE);
        }
        return upper << bits | lower >>> (Long.SIZE - bits);
    }

    private static long ones(int bits) {
        return bits >= Long.SIZE ? -1 : (1L << bits) - 1;
    }

    private boolean at(int index, char c) {
        return index < end && in[index] == c;
    }

    private static int hex(byte b) {
        return b < 0 ? -1 : Character.digit((char) b, 16);
    }
}
