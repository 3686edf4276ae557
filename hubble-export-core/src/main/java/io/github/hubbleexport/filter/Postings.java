package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Tests by a text that an event has to show: only those of the texts that it shows are run, however many there are.
 * Immutable.
 */
final class Postings {

    private final ByteTable texts;
    private final EventTest[][] tests;

    /** The longest other text that begins a text, or {@link ByteTable#NONE}. */
    private final int[] shorter;

    private Postings(byte[][] sorted, EventTest[][] tests) {
        this.texts = ByteTable.of(sorted);
        this.tests = tests;
        this.shorter = shorter(sorted);
    }

    static Postings of(Map<String, ? extends List<EventTest>> testsByText) {
        byte[][] sorted = SortedBytes.of(testsByText.keySet());
        List<EventTest[]> tests = new ArrayList<>();
        for (byte[] text : sorted) {
            List<EventTest> ofText = testsByText.get(new String(text, UTF_8));
            tests.add(requireNonNull(ofText, "tests").toArray(EventTest[]::new));
        }
        return new Postings(sorted, tests.toArray(EventTest[][]::new));
    }

    /** In the order of bytes the texts that begin another one stand before it, on one chain. */
    private static int[] shorter(byte[][] sorted) {
        int[] shorter = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            int at = i - 1;
            while (at >= 0 && !begins(sorted[at], sorted[i])) {
                at = shorter[at];
            }
            shorter[i] = at;
        }
        return shorter;
    }

    private static boolean begins(byte[] prefix, byte[] text) {
        return prefix.length <= text.length && Arrays.equals(prefix, 0, prefix.length, text, 0, prefix.length);
    }

    /** Whether an event passes a test of exactly this text. */
    boolean passExact(ScannedEvent event, int offset, int length) {
        int found = texts.find(event.bytes(), offset, length);
        return found != ByteTable.NONE && passOne(tests[found], event);
    }

    /** Whether an event passes a test of any text that begins this one. */
    boolean passBeginning(ScannedEvent event, int offset, int length) {
        int found = texts.longestBeginning(event.bytes(), offset, length);
        while (found != ByteTable.NONE) {
            if (passOne(tests[found], event)) {
                return true;
            }
            found = shorter[found];
        }
        return false;
    }

    static boolean passOne(EventTest[] tests, ScannedEvent event) {
        for (EventTest test : tests) {
            if (test.test(event)) {
                return true;
            }
        }
        return false;
    }
}
