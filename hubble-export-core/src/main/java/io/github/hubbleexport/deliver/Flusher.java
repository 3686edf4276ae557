package io.github.hubbleexport.deliver;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread that writes out what has waited for the flush interval. Sleeps while nothing waits. */
final class Flusher implements Runnable {

    private final DirectDelivery delivery;
    private final long intervalNanos;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);

    Flusher(DirectDelivery delivery, long intervalNanos, String name) {
        this.delivery = delivery;
        this.intervalNanos = intervalNanos;
        this.thread = new Thread(this, "hubble-export flusher of " + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Lets the thread end; a flush under way comes to its end on its own. */
    void end() {
        ended.countDown();
    }

    @Override
    public void run() {
        try {
            while (delivery.awaitRecord() && !ended.await(intervalNanos, TimeUnit.NANOSECONDS)) {
                delivery.flush();
            }
        } catch (InterruptedException e) {
            // Nobody but the JVM's end has a reason to interrupt this thread; what waits is written by close.
            Thread.currentThread().interrupt();
        }
    }
}
