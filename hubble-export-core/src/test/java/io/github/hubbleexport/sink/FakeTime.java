package io.github.hubbleexport.sink;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** A clock and a source of nanoseconds that move only when told. */
final class FakeTime extends Clock implements LongSupplier {

    static final Instant START = Instant.parse("2026-03-01T10:20:30.456Z");

    private Instant now = START;
    private long nanos = Long.MAX_VALUE - 1000; // so that it overflows, as nanoTime may

    synchronized void advance(Duration by) {
        now = now.plus(by);
        nanos += by.toNanos();
    }

    /** Sets the clock and leaves the nanoseconds alone. */
    synchronized void setClock(Instant to) {
        now = to;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized long getAsLong() {
        return nanos;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("nobody asks for it");
    }
}
