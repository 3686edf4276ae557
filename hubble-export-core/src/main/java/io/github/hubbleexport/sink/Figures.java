package io.github.hubbleexport.sink;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Puts together the figures of a sink and of those in it. */
final class Figures {

    private final Map<String, Long> numbers = new TreeMap<>();

    Figures with(Map<String, Long> figures) {
        numbers.putAll(figures);
        return this;
    }

    /** Those of an inner sink, under names that begin with its own. */
    Figures under(String name, Map<String, Long> figures) {
        figures.forEach((figure, number) -> numbers.put(name + "." + figure, number));
        return this;
    }

    Map<String, Long> asMap() {
        return Collections.unmodifiableMap(numbers);
    }
}
