package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;

/** Texts as UTF-8 in the order of their bytes. */
final class SortedBytes {

    private SortedBytes() {}

    /** The different texts, sorted. */
    static byte[][] of(Collection<String> texts) {
        return texts.stream()
                .distinct()
                .map(text -> text.getBytes(UTF_8))
                .sorted(Arrays::compareUnsigned)
                .toArray(byte[][]::new);
    }
}
