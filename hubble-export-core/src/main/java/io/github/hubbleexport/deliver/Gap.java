package io.github.hubbleexport.deliver;

/** Events missing at one place of the stream. Guarded by whoever owns it. */
final class Gap {

    private long events;
    private long firstMillis;
    private long lastMillis;

    void add(long more, long millis) {
        add(more, millis, millis);
    }

    /** Takes over what another one holds, and empties it. */
    void take(Gap other) {
        if (!other.isEmpty()) {
            add(other.events, other.firstMillis, other.lastMillis);
            other.clear();
        }
    }

    private void add(long more, long first, long last) {
        firstMillis = events == 0 ? first : Math.min(firstMillis, first);
        lastMillis = events == 0 ? last : Math.max(lastMillis, last);
        events = more > Long.MAX_VALUE - events ? Long.MAX_VALUE : events + more;
    }

    boolean isEmpty() {
        return events == 0;
    }

    void clear() {
        events = 0;
    }

    long events() {
        return events;
    }

    long firstMillis() {
        return firstMillis;
    }

    long lastMillis() {
        return lastMillis;
    }
}
