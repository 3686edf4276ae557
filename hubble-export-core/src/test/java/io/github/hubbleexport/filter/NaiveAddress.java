package io.github.hubbleexport.filter;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Addresses as big numbers. */
final class NaiveAddress {

    private static final String OCTET = "(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])";
    private static final Pattern FOUR = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    /** Nothing in here is looked up by name. */
    private static final Pattern PERHAPS_SIX = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");

    private NaiveAddress() {}

    static boolean isIn(String address, String prefix) {
        int slash = prefix.indexOf('/');
        String network = prefix.substring(0, slash);
        int width = network.contains(":") ? 128 : 32;
        boolean isOneKind = width == 128
                ? PERHAPS_SIX.matcher(address).matches()
                : FOUR.matcher(address).matches();
        if (!isOneKind) {
            return false;
        }
        int rest = width - Integer.parseInt(prefix.substring(slash + 1));
        try {
            return number(address).shiftRight(rest).equals(number(network).shiftRight(rest));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static BigInteger number(String address) throws UnknownHostException {
        InetAddress parsed = InetAddress.getByName(address);
        BigInteger number = new BigInteger(1, parsed.getAddress());
        // Java makes an IPv4 address of a mapped one.
        boolean isMapped = address.contains(":") && parsed.getAddress().length == 4;
        return isMapped ? number.or(BigInteger.valueOf(0xffff).shiftLeft(32)) : number;
    }
}
