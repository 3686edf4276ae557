package io.github.hubbleexport.sink;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts together what a sink tells of itself and of those in it, by name.
 *
 * @param <V> numbers for figures, text for settings
 */
final class Told<V> {

    private final Map<String, V> values = new TreeMap<>();

    Told<V> with(String name, V value) {
        values.put(name, value);
        return this;
    }

    Told<V> with(Map<String, V> more) {
        values.putAll(more);
        return this;
    }

    /** What an inner sink tells, under names that begin with its own. */
    Told<V> under(String name, Map<String, V> inner) {
        inner.forEach((inside, value) -> values.put(name + "." + inside, value));
        return this;
    }

    /** The settings of an inner sink, and where it leads. */
    static Map<String, String> settingsOf(Sink inner) {
        return new Told<String>()
                .with(inner.settings())
                .with("destination", inner.toString())
                .asMap();
    }

    Map<String, V> asMap() {
        return Collections.unmodifiableMap(values);
    }
}
