package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.hubbleexport.filter.AddressRanges.Range;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Addresses, compared as they are written, and prefixes ({@code 10.0.0.0/8}). An address of an event that cannot be
 * read, or has a zone, is in no prefix; an IPv6 address is never in a prefix of IPv4. Mirrors
 * {@code pkg/hubble/filters/ip.go}.
 */
final class IpAddresses extends Clause {

    private static final int FOUR_BITS = 32;
    private static final int SIX_BITS = 128;
    private static final String NO_ADDRESS =
            "not an IP address: expected one like 10.0.0.1 or fd00::1, without leading zeros";

    private final int slot;
    private final List<String> values;
    private final ByteSet exact;
    private final AddressRanges four;
    private final AddressRanges six;

    private IpAddresses(int slot, List<String> values, Map<Boolean, List<Range>> prefixesBySix) {
        this.slot = slot;
        this.values = List.copyOf(values);
        this.exact =
                ByteSet.of(values.stream().filter(value -> !isPrefix(value)).toList());
        this.four = AddressRanges.ofPrefixes(prefixesBySix.getOrDefault(false, List.of()));
        this.six = AddressRanges.ofPrefixes(prefixesBySix.getOrDefault(true, List.of()));
    }

    static Clause compile(FieldScope scope, String path) {
        List<String> values = scope.texts();
        Map<Boolean, List<Range>> prefixesBySix = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            Range range = isPrefix(value) ? prefix(value) : null;
            if (range != null) {
                prefixesBySix
                        .computeIfAbsent(value.indexOf(':') >= 0, isSix -> new ArrayList<>())
                        .add(range);
            } else if (isPrefix(value)) {
                scope.refuse(i, value, "not a CIDR: expected an IP address, a slash and the number of leading bits");
            } else if (!IpText.isAddress(value)) {
                scope.refuse(i, value, NO_ADDRESS);
            }
        }
        return new IpAddresses(Slots.of(path), values, prefixesBySix);
    }

    private static boolean isPrefix(String value) {
        return value.indexOf('/') >= 0;
    }

    /** What a prefix contains; one of IPv4 in the lower 32 bits. Null if it is none. */
    static @Nullable Range prefix(String value) {
        int slash = value.lastIndexOf('/');
        byte[] address = value.substring(0, slash).getBytes(UTF_8);
        int bits = bits(value.substring(slash + 1));
        if (!IpText.isSix(address, 0, address.length)) {
            long four = IpText.four(address, 0, address.length);
            return four < 0 || bits < 0 || bits > FOUR_BITS
                    ? null
                    : Range.ofPrefix(0, four, SIX_BITS - FOUR_BITS + bits);
        }
        Ipv6Reader reader = new Ipv6Reader(address, 0, address.length);
        boolean isValid = reader.read() && bits >= 0 && bits <= SIX_BITS;
        return isValid ? Range.ofPrefix(reader.upper(), reader.lower(), bits) : null;
    }

    private static int bits(String text) {
        boolean isNumber = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return !isNumber || (text.length() > 1 && text.charAt(0) == '0') ? -1 : Integer.parseInt(text);
    }

    @Override
    boolean test(ScannedEvent event) {
        byte[] bytes = event.bytes();
        int offset = event.offset(slot);
        int length = event.length(slot);
        return length > 0 && (exact.contains(bytes, offset, length) || isInPrefix(bytes, offset, length));
    }

    private boolean isInPrefix(byte[] bytes, int offset, int length) {
        if (!IpText.isSix(bytes, offset, length)) {
            long address = four.isEmpty() ? -1 : IpText.four(bytes, offset, length);
            return address >= 0 && four.contains(0, address);
        }
        if (six.isEmpty()) {
            return false;
        }
        // A small object that does not outlive this method, and only where IPv6 meets prefixes of IPv6.
        Ipv6Reader reader = new Ipv6Reader(bytes, offset, length);
        return reader.read() && six.contains(reader.upper(), reader.lower());
    }

    @Override
    void wants(BitSet slots) {
        slots.set(slot);
    }

    @Override
    Cost cost() {
        return Cost.BYTES;
    }

    @Override
    public String toString() {
        return Slots.name(slot) + " in " + values;
    }
}
