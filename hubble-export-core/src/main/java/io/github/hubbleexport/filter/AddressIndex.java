package io.github.hubbleexport.filter;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.filter.AddressRanges.Range;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tests by an address as it is written, or by a prefix around it. */
final class AddressIndex implements EventTest {

    private final int slot;
    private final Postings exact;
    private final Prefixes four;
    private final Prefixes six;

    /** An index by valid addresses and prefixes. */
    AddressIndex(int slot, Map<String, List<EventTest>> tests) {
        this.slot = slot;
        Map<String, List<EventTest>> ofExact = new TreeMap<>();
        Map<Range, List<EventTest>> ofFour = new TreeMap<>(AddressRanges.BY_START_WIDEST_FIRST);
        Map<Range, List<EventTest>> ofSix = new TreeMap<>(AddressRanges.BY_START_WIDEST_FIRST);
        tests.forEach((value, ofValue) -> {
            if (value.indexOf('/') < 0) {
                ofExact.put(value, ofValue);
            } else {
                Range range = requireNonNull(IpAddresses.prefix(value), value);
                (value.indexOf(':') < 0 ? ofFour : ofSix)
                        .computeIfAbsent(range, unseen -> new ArrayList<>())
                        .addAll(ofValue);
            }
        });
        this.exact = Postings.of(ofExact);
        this.four = new Prefixes(ofFour);
        this.six = new Prefixes(ofSix);
    }

    @Override
    public boolean test(ScannedEvent event) {
        byte[] bytes = event.bytes();
        int offset = event.offset(slot);
        int length = event.length(slot);
        return length > 0 && (exact.passExact(event, offset, length) || isInPrefix(event, bytes, offset, length));
    }

    private boolean isInPrefix(ScannedEvent event, byte[] bytes, int offset, int length) {
        if (!IpText.isSix(bytes, offset, length)) {
            long address = four.isEmpty() ? -1 : IpText.four(bytes, offset, length);
            return address >= 0 && four.pass(event, 0, address);
        }
        if (six.isEmpty()) {
            return false;
        }
        Ipv6Reader reader = new Ipv6Reader(bytes, offset, length);
        return reader.read() && six.pass(event, reader.upper(), reader.lower());
    }

    /** Tests by prefix, in one family of addresses. */
    private static final class Prefixes {

        private final AddressRanges ranges;
        private final EventTest[][] tests;

        Prefixes(Map<Range, List<EventTest>> sorted) {
            this.ranges = AddressRanges.ofSorted(List.copyOf(sorted.keySet()));
            this.tests = sorted.values().stream()
                    .map(ofRange -> ofRange.toArray(EventTest[]::new))
                    .toArray(EventTest[][]::new);
        }

        boolean isEmpty() {
            return ranges.isEmpty();
        }

        boolean pass(ScannedEvent event, long upper, long lower) {
            int at = ranges.narrowest(upper, lower);
            while (at != AddressRanges.NONE) {
                if (Postings.passOne(tests[at], event)) {
                    return true;
                }
                at = ranges.around(at);
            }
            return false;
        }
    }
}
