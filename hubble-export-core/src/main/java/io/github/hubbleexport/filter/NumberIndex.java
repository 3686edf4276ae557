package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tests by a number in one of several slots, which is 0 where it is absent. */
final class NumberIndex implements EventTest {

    private final int[] slots;
    private final long mask;
    private final long[] numbers;
    private final EventTest[][] tests;

    /**
     * An index.
     *
     * @param mask the bits of a number that count
     * @param testsByText by numbers in decimal digits
     */
    NumberIndex(List<Integer> slots, long mask, Map<String, List<EventTest>> testsByText) {
        this.slots = slots.stream().mapToInt(Integer::intValue).toArray();
        this.mask = mask;
        Map<Long, List<EventTest>> sorted = new TreeMap<>();
        testsByText.forEach((text, ofText) -> sorted.put(Long.parseLong(text), ofText));
        this.numbers = sorted.keySet().stream().mapToLong(Long::longValue).toArray();
        this.tests = sorted.values().stream()
                .map(ofNumber -> ofNumber.toArray(EventTest[]::new))
                .toArray(EventTest[][]::new);
    }

    @Override
    public boolean test(ScannedEvent event) {
        for (int slot : slots) {
            int found = Arrays.binarySearch(numbers, event.number(slot) & mask);
            if (found >= 0 && Postings.passOne(tests[found], event)) {
                return true;
            }
        }
        return false;
    }
}
