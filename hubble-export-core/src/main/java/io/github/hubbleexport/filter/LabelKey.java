package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.filter.AddressRanges.Range;
import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.WireFields;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A source and a key, searched among labels of the form {@code source:key=value}. The source {@code any} accepts every
 * source; a label without source has {@code unspec}; the source {@code cidr} also accepts narrower prefixes. Mirrors
 * {@code ParseLabel} and {@code LookupLabel} of Cilium's {@code pkg/labels}. Immutable.
 */
final class LabelKey {

    /** What {@link #find} answers when no label has the key. */
    static final long NOT_FOUND = -1;

    /** The source that accepts every source. */
    static final String ANY = "any";

    private static final String CIDR = "cidr";
    private static final byte[] UNSPECIFIED = "unspec".getBytes(US_ASCII);
    private static final byte[] RESERVED = "reserved".getBytes(US_ASCII);
    private static final byte[] RESERVED_DOT = "reserved.".getBytes(US_ASCII);

    private final String text;
    private final boolean isAny;
    private final byte[] source;
    private final byte[] key;
    private final @Nullable Range prefix;

    LabelKey(String source, String key) {
        this.text = source + ":" + key;
        this.isAny = source.equals(ANY);
        this.source = source.getBytes(UTF_8);
        this.key = key.getBytes(UTF_8);
        this.prefix = source.equals(CIDR) ? prefix(key) : null;
    }

    /** A prefix as a key of a label, in which hyphens stand for the colons of IPv6; null if it is none. */
    private static @Nullable Range prefix(String key) {
        return key.indexOf('/') < 0 ? null : IpAddresses.prefix(key.replace('-', ':'));
    }

    /**
     * Finds the value of the first label with this key, in the order of keys.
     *
     * @return where the value is, for {@link #offset} and {@link #length}, or {@link #NOT_FOUND}
     */
    long find(ScannedEvent event, int labels) {
        byte[] bytes = event.bytes();
        long found = NOT_FOUND;
        int foundKey = 0;
        int foundKeyEnd = 0;
        for (long at = event.firstElement(labels); at != WireFields.NONE; at = event.nextElement(labels, at)) {
            int offset = WireFields.offset(at);
            int end = offset + WireFields.length(at);
            int keyStart = keyStart(bytes, offset, end);
            int keyEnd = indexOf(bytes, '=', keyStart, end);
            if (!hasSource(bytes, offset, end) || !hasKey(bytes, keyStart, keyEnd)) {
                continue;
            }
            int valueStart = Math.min(keyEnd + 1, end);
            long value = (long) valueStart << Integer.SIZE | end - valueStart;
            if (prefix == null) {
                return value;
            }
            // Several prefixes may lie within this one: labels are looked through in the order of their keys.
            if (found == NOT_FOUND
                    || Arrays.compareUnsigned(bytes, keyStart, keyEnd, bytes, foundKey, foundKeyEnd) < 0) {
                found = value;
                foundKey = keyStart;
                foundKeyEnd = keyEnd;
            }
        }
        return found;
    }

    static int offset(long value) {
        return (int) (value >>> Integer.SIZE);
    }

    static int length(long value) {
        return (int) value;
    }

    /** Where the key of a label begins: behind the source, if there is one. */
    private static int keyStart(byte[] bytes, int offset, int end) {
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
        return equal(key, bytes, start, end)
                || (prefix != null && isWithinPrefix(new String(bytes, start, end - start, UTF_8)));
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

    private static int indexOf(byte[] bytes, char c, int start, int end) {
        int index = start;
        while (index < end && bytes[index] != c) {
            index++;
        }
        return index;
    }

    @Override
    public String toString() {
        return text;
    }
}
