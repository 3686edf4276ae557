package io.github.hubbleexport.encode;

import io.github.hubbleexport.wire.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A constant run of bytes of the output, such as {@code "pod_name":}. Immutable. */
final class Fragment {

    /** Bytes that {@link #write} may touch behind the fragment's own. */
    static final int SLACK = 32;

    private static final int HEAD = 32;

    private final byte[] bytes;
    private final long word0;
    private final long word1;
    private final long word2;
    private final long word3;

    Fragment(String text) {
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(bytes, Math.max(HEAD, bytes.length));
        this.word0 = Words.get(padded, 0);
        this.word1 = Words.get(padded, 8);
        this.word2 = Words.get(padded, 16);
        this.word3 = Words.get(padded, 24);
    }

    int length() {
        return bytes.length;
    }

    /**
     * Writes the fragment and returns the position after it. Four stores without a branch are faster than a copy of
     * the right length: what they write too much, the next write covers.
     */
    int write(byte[] out, int at) {
        Words.put(out, at, word0);
        Words.put(out, at + 8, word1);
        Words.put(out, at + 16, word2);
        Words.put(out, at + 24, word3);
        if (bytes.length > HEAD) {
            System.arraycopy(bytes, HEAD, out, at + HEAD, bytes.length - HEAD);
        }
        return at + bytes.length;
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
