package io.github.hubbleexport.filter;

import com.google.re2j.Pattern;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;
import java.util.List;

/**
 * Status codes of HTTP: a code ({@code 404}) or its beginning ({@code 4+}, {@code 40+}). A response without a code
 * never passes.
 */
final class HttpStatusCodes extends Clause {

    private static final Pattern FULL = Pattern.compile("^[1-5][0-9]{2}$");
    private static final Pattern PREFIX = Pattern.compile("^[1-5][0-9]?\\+$");

    /** The lowest number with as many digits as a code. */
    private static final int LOWEST = 100;

    private final List<String> values;
    private final NumberSet full;
    private final NumberSet prefixes;

    private HttpStatusCodes(List<String> values) {
        this.values = List.copyOf(values);
        this.full = NumberSet.of(values.stream()
                .filter(value -> !value.endsWith("+"))
                .map(Integer::valueOf)
                .toList());
        this.prefixes = NumberSet.of(values.stream()
                .filter(value -> value.endsWith("+"))
                .map(value -> Integer.valueOf(value.substring(0, value.length() - 1)))
                .toList());
    }

    static Clause compile(FieldScope scope) {
        Http.checkEventTypes(scope);
        List<String> values = scope.texts();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            if (!FULL.matcher(value).find() && !PREFIX.matcher(value).find()) {
                scope.refuse(
                        i, value, "expected a code from 100 to 599, or the beginning of one and a plus: 404, 40+, 4+");
            }
        }
        return new HttpStatusCodes(scope.isRefused() ? List.of() : values);
    }

    @Override
    boolean test(ScannedEvent event) {
        long code = event.number(Http.CODE);
        if (full.contains(code)) {
            return true;
        }
        // Codes are compared as text of at least three digits, so a number beyond 599 begins like a code, too.
        long leading = code < LOWEST ? 0 : code;
        while (leading >= LOWEST) {
            leading /= 10;
        }
        return leading > 0 && (prefixes.contains(leading) || prefixes.contains(leading / 10));
    }

    @Override
    void wants(BitSet slots) {
        slots.set(Http.CODE);
    }

    @Override
    Cost cost() {
        return Cost.NUMBER;
    }

    @Override
    public String toString() {
        return "l7.http.code in " + values;
    }
}
