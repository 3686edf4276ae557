package io.github.hubbleexport.sink;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one background thread that keeps house for all rotating sinks of the process. It is a daemon, begins with the first
 * request and ends when the last sink has left. A request that waits already is not taken twice.
 */
final class Janitor {

    static final String THREAD_NAME = "hubble-export-janitor";

    private static final Janitor SHARED = new Janitor(System::nanoTime);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Runnable> waiting = new LinkedHashSet<>();
    /** From the tasks that are to run later to the ticks of that. */
    private final Map<Runnable, Long> later = new HashMap<>();

    private final LongSupplier ticker;
    private int sinks;
    private @Nullable Runnable running;
    private @Nullable Thread thread;

    Janitor(LongSupplier ticker) {
        this.ticker = ticker;
    }

    static Janitor shared() {
        return SHARED;
    }

    /** Counts one sink more; it has to {@link #leave}. */
    void enter() {
        lock.lock();
        try {
            sinks++;
        } finally {
            lock.unlock();
        }
    }

    /** Asks for one more run of a task, from its beginning. */
    void request(Runnable task) {
        lock.lock();
        try {
            waiting.add(task);
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** Asks for one more run of a task after some nanoseconds, or sooner where that was asked for. */
    void requestLater(Runnable task, long nanos) {
        lock.lock();
        try {
            long due = ticker.getAsLong() + nanos;
            later.merge(task, due, (one, other) -> one - other < 0 ? one : other);
            wake();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        if (thread == null) {
            thread = start();
        }
        changed.signalAll();
    }

    /**
     * Waits until all runs of a task that were requested for now have ended.
     *
     * @return false if they had not within the time, or the calling thread is interrupted; its flag stays set
     */
    boolean await(Runnable task, long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (waiting.contains(task) || task.equals(running)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back the requests of a task. */
    void forget(Runnable task) {
        lock.lock();
        try {
            waiting.remove(task);
            later.remove(task);
        } finally {
            lock.unlock();
        }
    }

    /** Counts one sink less, and takes back its requests; after the last one the thread ends. */
    void leave(Runnable task) {
        lock.lock();
        try {
            forget(task);
            sinks--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The thread while there is one. */
    @Nullable
    Thread thread() {
        lock.lock();
        try {
            return thread;
        } finally {
            lock.unlock();
        }
    }

    private Thread start() {
        Thread started = new Thread(this::work, THREAD_NAME);
        started.setDaemon(true);
        started.setContextClassLoader(null); // not the one of whichever sink came first
        started.start();
        return started;
    }

    private void work() {
        for (Runnable task = next(); task != null; task = next()) {
            task.run();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            running = null;
            changed.signalAll();
            awaitWork();
            running = poll();
            thread = running == null ? null : thread;
            return running;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Runnable poll() {
        Iterator<Runnable> tasks = waiting.iterator();
        if (!tasks.hasNext()) {
            return null;
        }
        Runnable task = tasks.next();
        tasks.remove();
        later.remove(task); // it finds out anew what is left for later
        return task;
    }

    /** Lets tasks wait whose time has come; returns the nanoseconds until the next one's does. */
    private long becomeDue() {
        long now = ticker.getAsLong();
        long left = Long.MAX_VALUE;
        for (Map.Entry<Runnable, Long> entry : later.entrySet()) {
            long its = entry.getValue() - now;
            if (its <= 0) {
                waiting.add(entry.getKey());
            } else {
                left = Math.min(left, its);
            }
        }
        later.keySet().removeAll(waiting);
        return left;
    }

    /** An interrupt, which nobody has a reason for, is a reason to look again and no more: the thread ends with its sinks. */
    private void awaitWork() {
        long left = becomeDue();
        while (waiting.isEmpty() && sinks > 0) {
            try {
                changed.awaitNanos(left);
            } catch (InterruptedException e) {
                changed.signalAll();
            }
            left = becomeDue();
        }
    }
}
