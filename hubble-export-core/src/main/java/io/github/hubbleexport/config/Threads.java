package io.github.hubbleexport.config;

/** Waiting for threads. */
final class Threads {

    private Threads() {}

    /** Waits for the end of a thread, past interrupts, which stay set. */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
