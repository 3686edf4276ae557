package io.github.hubbleexport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScratchPoolTest {

    private static final ScanPlan NOTHING = ScanPlan.of(new BitSet());
    private static final int THREADS = 4;
    private static final int TURNS = 20_000;

    private final AtomicInteger made = new AtomicInteger();
    private final ScratchPool<Owned> pool = new ScratchPool<>(THREADS, this::make);

    private static final class Owned extends EventScratch {
        private final AtomicBoolean owned = new AtomicBoolean();

        Owned() {
            super(new ScannedEvent(NOTHING));
        }
    }

    private Owned make() {
        made.incrementAndGet();
        return new Owned();
    }

    @Test
    void whatWasPutBackIsTakenAgain() {
        Owned first = pool.take();
        pool.giveBack(first);
        assertThat(pool.take()).isSameAs(first);
        assertThat(pool.take()).isNotSameAs(first);
        assertThat(made).hasValue(2);
    }

    @Test
    void moreAreOutThanThereArePlaces() {
        List<Owned> out = new ArrayList<>();
        for (int i = 0; i < 10 * THREADS; i++) {
            out.add(pool.take());
        }
        assertThat(new HashSet<>(out)).hasSize(out.size());
        out.forEach(pool::giveBack);
        Set<Owned> kept = new HashSet<>();
        for (int i = 0; i < THREADS; i++) {
            kept.add(pool.take());
        }
        assertThat(out).containsAll(kept);
        assertThat(kept).hasSize(THREADS);
        assertThat(made).hasValue(10 * THREADS);
    }

    @Test
    void noTwoThreadsHaveTheSame() throws InterruptedException {
        AtomicInteger shared = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() -> takeTurns(start, shared)));
        }
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(shared).as("scratch that two had at once").hasValue(0);
        assertThat(made.get()).as("made, not found").isBetween(1, TURNS);
    }

    private void takeTurns(CountDownLatch start, AtomicInteger shared) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (int turn = 0; turn < TURNS; turn++) {
            Owned scratch = pool.take();
            if (!scratch.owned.compareAndSet(false, true)) {
                shared.incrementAndGet();
            }
            scratch.owned.set(false);
            pool.giveBack(scratch);
        }
    }
}
