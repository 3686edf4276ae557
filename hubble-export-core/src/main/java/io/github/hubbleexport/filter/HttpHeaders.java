package io.github.hubbleexport.filter;

import io.github.hubbleexport.proto.flow.HTTPHeader;
import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.WireFields;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Headers of HTTP: one of the event's has to have key and value of one of them, as they are written. */
final class HttpHeaders extends Clause {

    private static final int HEADERS = Slots.of("flow.l7.http.headers");
    private static final int KEY = Slots.of("flow.l7.http.headers.key");
    private static final int VALUE = Slots.of("flow.l7.http.headers.value");

    private final ByteMap<ByteSet> valuesByKey;
    private final List<String> texts;

    private HttpHeaders(List<HTTPHeader> wanted) {
        Map<String, List<String>> values = new TreeMap<>();
        wanted.forEach(header -> values.computeIfAbsent(header.getKey(), unseen -> new ArrayList<>())
                .add(header.getValue()));
        Map<String, ByteSet> sets = new TreeMap<>();
        values.forEach((key, ofKey) -> sets.put(key, ByteSet.of(ofKey)));
        valuesByKey = ByteMap.of(sets);
        texts = wanted.stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .toList();
    }

    static Clause compile(FieldScope scope) {
        Http.checkEventTypes(scope);
        return new HttpHeaders(scope.filter().getHttpHeaderList());
    }

    @Override
    boolean test(ScannedEvent event) {
        for (long at = event.firstElement(HEADERS); at != WireFields.NONE; at = event.nextElement(HEADERS, at)) {
            event.scanElement(HEADERS, at);
            ByteSet values = valuesByKey.get(event.bytes(), event.offset(KEY), event.length(KEY));
            if (values != null && values.contains(event.bytes(), event.offset(VALUE), event.length(VALUE))) {
                return true;
            }
        }
        return false;
    }

    @Override
    void wants(BitSet slots) {
        slots.set(HEADERS);
        slots.set(KEY);
        slots.set(VALUE);
    }

    @Override
    Cost cost() {
        return Cost.ELEMENTS;
    }

    @Override
    public String toString() {
        return "l7.http.headers with " + texts;
    }
}
