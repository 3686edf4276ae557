package io.github.hubbleexport.sink;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread of an {@link IsolatedSink}: alone with the inner sink from the first line to its closing. */
final class IsolatedWorker implements Runnable {

    private final Sink inner;
    private final IsolatedQueue queue;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean started;

    IsolatedWorker(Sink inner, String name, IsolatedQueue queue) {
        this.inner = inner;
        this.queue = queue;
        thread = new Thread(this, "hubble-export isolated " + name);
        thread.setDaemon(true);
    }

    /** Starts the thread, once; for the writing thread. */
    void start() {
        if (!started) {
            thread.start();
            started = true;
        }
    }

    /** Waits for the end, and gives up what is left when it does not come in time. */
    void end(Duration most) {
        if (!awaitEnd(most)) {
            queue.abandon(new IOException("it did not end within " + most));
            thread.interrupt();
        }
    }

    @Override
    public void run() {
        try {
            for (IsolatedQueue.Step step = queue.next(); step != IsolatedQueue.Step.END; step = queue.next()) {
                take(step);
            }
            attempt(Sink::flush);
            attempt(Sink::close);
        } finally {
            ended.countDown();
        }
    }

    private void take(IsolatedQueue.Step step) {
        if (step == IsolatedQueue.Step.FLUSH) {
            attempt(Sink::flush);
        } else {
            queue.wrote(Offer.to(inner, queue.inHand()));
        }
    }

    private void attempt(Attempt attempt) {
        try {
            attempt.on(inner);
        } catch (IOException | RuntimeException | Error e) {
            queue.failed(e);
        }
    }

    private boolean awaitEnd(Duration most) {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(most); // at most centuries
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
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

    @FunctionalInterface
    private interface Attempt {
        void on(Sink sink) throws IOException;
    }
}
