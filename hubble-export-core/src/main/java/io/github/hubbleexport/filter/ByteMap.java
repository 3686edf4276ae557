package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map from texts, as UTF-8, asked with a range of an array. Immutable. */
final class ByteMap<V> {

    private final ByteTable keys;
    private final List<V> values;

    private ByteMap(ByteTable keys, List<V> values) {
        this.keys = keys;
        this.values = values;
    }

    static <V> ByteMap<V> of(Map<String, V> map) {
        byte[][] keys = SortedBytes.of(map.keySet());
        List<V> values = new ArrayList<>();
        for (byte[] key : keys) {
            values.add(map.get(new String(key, UTF_8)));
        }
        return new ByteMap<>(ByteTable.of(keys), List.copyOf(values));
    }

    @Nullable
    V get(byte[] bytes, int offset, int length) {
        int found = keys.find(bytes, offset, length);
        return found == ByteTable.NONE ? null : values.get(found);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < values.size(); i++) {
            text.append(i > 0 ? ", " : "");
            text.append(new String(keys.texts()[i], UTF_8)).append('=').append(values.get(i));
        }
        return text.append('}').toString();
    }
}
