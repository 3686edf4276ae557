package io.github.hubbleexport.config;

import java.time.Duration;

/** The end of one exporter among several that end at the same time, on a thread of its own. */
final class Closing {

    private final Thread thread;
    private volatile boolean inTime;

    private Closing(Running running, Duration limit) {
        thread = new Thread(
                () -> inTime = running.close(limit),
                "hubble-export closing " + running.config().name());
        thread.setDaemon(true);
    }

    static Closing start(Running running, Duration limit) {
        Closing closing = new Closing(running, limit);
        closing.thread.start();
        return closing;
    }

    /** Waits for the end, which comes by the limit; whether the exporter came to it in order. */
    boolean await() {
        Threads.join(thread);
        return inTime;
    }
}
