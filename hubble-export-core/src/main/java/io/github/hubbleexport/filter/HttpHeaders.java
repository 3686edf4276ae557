package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.hubbleexport.proto.flow.HTTPHeader;
import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.WireFields;
import java.util.BitSet;
import java.util.List;

/** Headers of HTTP: one of the event's has to have key and value of one of them, as they are written. */
final class HttpHeaders extends Clause {

    private static final int HEADERS = Slots.of("flow.l7.http.headers");
    private static final int KEY = Slots.of("flow.l7.http.headers.key");
    private static final int VALUE = Slots.of("flow.l7.http.headers.value");

    private final byte[][] keys;
    private final byte[][] values;
    private final List<String> texts;

    private HttpHeaders(List<HTTPHeader> wanted) {
        keys = wanted.stream().map(header -> header.getKey().getBytes(UTF_8)).toArray(byte[][]::new);
        values =
                wanted.stream().map(header -> header.getValue().getBytes(UTF_8)).toArray(byte[][]::new);
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
            for (int i = 0; i < keys.length; i++) {
                if (Workloads.equal(event, KEY, keys[i]) && Workloads.equal(event, VALUE, values[i])) {
                    return true;
                }
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
