package io.github.hubbleexport.testkit;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Holds up whoever passes, until it is opened; for sinks that block. Waiting in it is not ended by interrupts. */
public final class Gate {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Waits until it is open. */
    public void pass() {
        arrived.countDown();
        boolean interrupted = false;
        while (open.getCount() > 0) {
            try {
                open.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public void open() {
        open.countDown();
    }

    /** Waits until somebody stands in it. */
    public void awaitArrival() throws InterruptedException {
        arrived.await();
    }

    /** Waits until a thread waits for something. */
    public static void awaitWaiting(Thread thread) {
        await(() -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    /** Waits until something is true; an interrupt, such as that of a test whose time is over, ends it. */
    public static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("it did not come true");
            }
            Thread.onSpinWait();
        }
    }
}
