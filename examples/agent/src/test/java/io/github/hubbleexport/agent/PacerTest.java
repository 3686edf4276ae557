package io.github.hubbleexport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacerTest {

    private final AtomicLong now = new AtomicLong(TimeUnit.DAYS.toNanos(3));
    private final List<Long> pauses = new ArrayList<>();

    @Test
    void waitsUntilTheNextIsDue() {
        Pacer pacer = new Pacer(1000, now::get, this::pause);
        pacer.await();
        pacer.await();
        pacer.await();
        assertThat(pauses).containsExactly(1_000_000L, 1_000_000L);
    }

    @Test
    void makesUpForADelay() {
        Pacer pacer = new Pacer(1000, now::get, this::pause);
        pacer.await();
        now.addAndGet(1_500_000);
        pacer.await();
        pacer.await();
        assertThat(pauses).containsExactly(500_000L);
    }

    @Test
    void waitsAgainWhenAPauseWasTooShort() {
        Pacer pacer = new Pacer(1000, now::get, nanos -> pause((nanos + 1) / 2));
        pacer.await();
        pacer.await();
        assertThat(pauses.stream().mapToLong(Long::longValue).sum()).isEqualTo(1_000_000);
        assertThat(pauses).hasSizeGreaterThan(1);
    }

    @Test
    void neverWaitsWithoutARate() {
        Pacer pacer = new Pacer(0, now::get, this::pause);
        pacer.await();
        pacer.await();
        assertThat(pauses).isEmpty();
    }

    private void pause(long nanos) {
        pauses.add(nanos);
        now.addAndGet(nanos);
    }
}
