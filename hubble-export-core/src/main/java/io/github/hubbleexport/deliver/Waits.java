package io.github.hubbleexport.deliver;

import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/** Waiting with a limit that interrupts do not end: the thread's flag is set again afterwards. */
final class Waits {

    /** As good as for ever, and far from where sums of nanoseconds overflow. */
    static final long FOREVER = Long.MAX_VALUE / 2;

    private Waits() {}

    /** With the condition's lock: waits until something holds. False: the time is over, and it does not. */
    static boolean until(BooleanSupplier holds, Condition changed, long nanos) {
        long deadline = System.nanoTime() + Math.min(nanos, FOREVER);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return interruptiblyUntil(holds, changed, deadline);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean interruptiblyUntil(BooleanSupplier holds, Condition changed, long deadline)
            throws InterruptedException {
        long left = deadline - System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (left <= 0) {
                return false;
            }
            left = changed.awaitNanos(left);
        }
        return true;
    }
}
