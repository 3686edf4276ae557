package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.filter.AddressRanges.Range;
import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.WireFields;
import io.github.hubbleexport.wire.Words;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A source and a key, searched among labels of the form {@code source:key=value}. The source {@code any} accepts every
 * source; a label without source has {@code unspec}; the source {@code cidr} also accepts narrower prefixes. Mirrors
 * {@code ParseLabel} and {@code LookupLabel} of Cilium's {@code pkg/labels}. Immutable.
 */
final class LabelKey {

    /** The source that accepts every source. */
    static final String ANY = "any";

    private static final String CIDR = "cidr";
    private static final byte[] UNSPECIFIED = "unspec".getBytes(US_ASCII);
    private static final byte[] RESERVED = "reserved".getBytes(US_ASCII);
    private static final byte[] RESERVED_DOT = "reserved.".getBytes(US_ASCII);

    private final String text;
    private final boolean isAny;
    private final byte[] source;
    private final String name;
    private final byte[] key;
    private final @Nullable Range prefix;

    LabelKey(String source, String key) {
        this.text = source + ":" + key;
        this.isAny = source.equals(ANY);
        this.source = source.getBytes(UTF_8);
        this.name = key;
        this.key = key.getBytes(UTF_8);
        this.prefix = source.equals(CIDR) ? prefix(key) : null;
    }

    /** A prefix as a key of a label, in which hyphens stand for the colons of IPv6; null if it is none. */
    private static @Nullable Range prefix(String key) {
        return key.indexOf('/') < 0 ? null : IpAddresses.prefix(key.replace('-', ':'));
    }

    /** The one key that a label must have, or null if other keys will do as well. */
    @Nullable
    String onlyName() {
        return prefix == null ? name : null;
    }

    /**
     * Finds the first label with this key, in the order of keys.
     *
     * @return the element, or {@link WireFields#NONE}
     */
    long find(ScannedEvent event, int labels) {
        byte[] bytes = event.bytes();
        long found = WireFields.NONE;
        for (long label = event.firstElement(labels);
                label != WireFields.NONE;
                label = event.nextElement(labels, label)) {
            if (!accepts(bytes, WireFields.offset(label), WireFields.end(label))) {
                continue;
            }
            if (prefix == null) {
                return label;
            }
            found = found == WireFields.NONE || hasLesserKey(bytes, label, found) ? label : found;
        }
        return found;
    }

    /** Where the value of a label begins; it ends with the label. */
    static int valueStart(byte[] bytes, long label) {
        int end = WireFields.end(label);
        int keyStart = keyStart(bytes, WireFields.offset(label), end);
        return Math.min(end, keyEnd(bytes, keyStart, end) + 1);
    }

    private boolean accepts(byte[] bytes, int offset, int end) {
        int keyStart = keyStart(bytes, offset, end);
        boolean hasKey = prefix == null ? hasOnlyKey(bytes, keyStart, end) : hasKey(bytes, keyStart, end);
        return hasKey && hasSource(bytes, offset, end);
    }

    /** Looks first for the end that the key would have, which most labels do not have there. */
    private boolean hasOnlyKey(byte[] bytes, int start, int end) {
        int keyEnd = start + key.length;
        boolean endsThere = keyEnd == end || (keyEnd < end && bytes[keyEnd] == '=');
        return endsThere && equal(key, bytes, start, keyEnd) && keyEnd(bytes, start, end) == keyEnd;
    }

    /** Several prefixes may lie within this one, and labels are looked through in the order of their keys. */
    private static boolean hasLesserKey(byte[] bytes, long one, long other) {
        int start = keyStart(bytes, WireFields.offset(one), WireFields.end(one));
        int otherStart = keyStart(bytes, WireFields.offset(other), WireFields.end(other));
        int end = keyEnd(bytes, start, WireFields.end(one));
        return Arrays.compareUnsigned(
                        bytes, start, end, bytes, otherStart, keyEnd(bytes, otherStart, WireFields.end(other)))
                < 0;
    }

    /** Where the equals sign behind the key is, or the end of the label. */
    static int keyEnd(byte[] bytes, int keyStart, int end) {
        return indexOf(bytes, '=', keyStart, end);
    }

    /** Where the key of a label begins: behind the source, if there is one. */
    static int keyStart(byte[] bytes, int offset, int end) {
        if (isShortReserved(bytes, offset, end)) {
            return behindEquals(bytes, offset + 1, end);
        }
        int colon = indexOf(bytes, ':', offset, end);
        if (colon < end) {
            boolean isReserved = equal(RESERVED, bytes, offset, colon);
            return isReserved ? behindEquals(bytes, colon + 1, end) : colon + 1;
        }
        boolean isDotted = startsWithReservedDot(bytes, offset, end);
        return isDotted ? behindEquals(bytes, offset + RESERVED_DOT.length, end) : offset;
    }

    /** A reserved label may have an equals sign in front of its key. */
    private static int behindEquals(byte[] bytes, int start, int end) {
        return start < end && bytes[start] == '=' ? start + 1 : start;
    }

    private boolean hasSource(byte[] bytes, int offset, int end) {
        if (isAny) {
            return true;
        }
        if (isShortReserved(bytes, offset, end)) {
            return Arrays.equals(source, RESERVED);
        }
        int colon = indexOf(bytes, ':', offset, end);
        if (colon == end) {
            return Arrays.equals(source, startsWithReservedDot(bytes, offset, end) ? RESERVED : UNSPECIFIED);
        }
        return colon == offset ? Arrays.equals(source, UNSPECIFIED) : equal(source, bytes, offset, colon);
    }

    private boolean hasKey(byte[] bytes, int start, int end) {
        int keyEnd = keyEnd(bytes, start, end);
        return equal(key, bytes, start, keyEnd) || isWithinPrefix(new String(bytes, start, keyEnd - start, UTF_8));
    }

    /** Rare, so it may make texts: only for a selector and a label that both have the source {@code cidr}. */
    private boolean isWithinPrefix(String other) {
        Range narrow = isSix(other) == isSix(text) ? prefix(other) : null;
        return narrow != null && requireNonNull(prefix, "prefix").covers(narrow);
    }

    private static boolean isSix(String key) {
        return key.indexOf('-') >= 0;
    }

    private static boolean isShortReserved(byte[] bytes, int offset, int end) {
        return offset < end && bytes[offset] == '$';
    }

    private static boolean startsWithReservedDot(byte[] bytes, int offset, int end) {
        return end - offset >= RESERVED_DOT.length && equal(RESERVED_DOT, bytes, offset, offset + RESERVED_DOT.length);
    }

    private static boolean equal(byte[] wanted, byte[] bytes, int start, int end) {
        return Arrays.equals(wanted, 0, wanted.length, bytes, start, end);
    }

    /** Looks at eight bytes at a time, which may go beyond the label. */
    private static int indexOf(byte[] bytes, char c, int start, int end) {
        int index = start;
        while (index < end) {
            long others = Words.get(bytes, index) ^ Words.ONES * c;
            long found = others - Words.ONES & ~others & Words.HIGHS;
            if (found != 0) {
                return Math.min(end, index + (Long.numberOfTrailingZeros(found) >>> 3));
            }
            index += Long.BYTES;
        }
        return end;
    }

    @Override
    public String toString() {
        return text;
    }
}
