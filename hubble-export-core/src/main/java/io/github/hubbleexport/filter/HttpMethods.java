package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Methods of HTTP, in any case. A request without a method never passes. */
final class HttpMethods extends Clause {

    private static final int CASE_BIT = 'a' ^ 'A';

    private final Set<String> folded = new HashSet<>();
    private final byte[][] ascii;

    private HttpMethods(List<String> values) {
        values.forEach(value -> folded.add(GoText.fold(value)));
        ascii = SortedBytes.of(folded);
    }

    static Clause compile(FieldScope scope) {
        Http.checkEventTypes(scope);
        return new HttpMethods(scope.texts());
    }

    @Override
    boolean test(ScannedEvent event) {
        byte[] bytes = event.bytes();
        int offset = event.offset(Http.METHOD);
        int length = event.length(Http.METHOD);
        if (length == 0) {
            return false;
        }
        for (byte[] method : ascii) {
            if (equalFolded(method, bytes, offset, length)) {
                return true;
            }
        }
        // No method of HTTP comes this way; only here a text is made.
        return hasNonAscii(bytes, offset, length)
                && folded.contains(GoText.fold(new String(bytes, offset, length, UTF_8)));
    }

    /** The wanted text is in small letters, if it has any. */
    private static boolean equalFolded(byte[] wanted, byte[] bytes, int offset, int length) {
        if (wanted.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            byte b = bytes[offset + i];
            int small = b >= 'A' && b <= 'Z' ? b ^ CASE_BIT : b;
            if (small != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNonAscii(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    void wants(BitSet slots) {
        slots.set(Http.METHOD);
    }

    @Override
    Cost cost() {
        return Cost.BYTES;
    }

    @Override
    public String toString() {
        return "l7.http.method like " + folded;
    }
}
