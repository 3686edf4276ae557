package io.github.hubbleexport.config;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that looks at a file: at intervals, and at once where the file system tells of changes. It watches the
 * folder of the path, in which Kubernetes swaps the link {@code ..data} of a ConfigMap, and the folder in which the file
 * really is.
 */
final class ConfigWatch implements AutoCloseable {

    private static final Logger LOG = System.getLogger(DynamicExporter.class.getName());
    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };

    /** After a change, this long without another one: who writes a file does it in several steps. */
    private static final long SETTLE_MILLIS = 50;

    private static final int MOST_SETTLES = 20;

    private final Path file;
    private final Supplier<Duration> untilNextLook;
    private final Runnable look;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final Thread thread;
    private final @Nullable WatchService watcher;

    /**
     * A watch that begins with {@link #start}.
     *
     * @param untilNextLook how long to wait at most
     * @param look what to do then
     */
    ConfigWatch(Path file, Supplier<Duration> untilNextLook, Runnable look) {
        this.file = file.toAbsolutePath();
        this.untilNextLook = untilNextLook;
        this.look = look;
        this.watcher = newWatcher(file);
        this.thread = new Thread(this::run, "hubble-export flow logs");
        thread.setDaemon(true);
    }

    private static @Nullable WatchService newWatcher(Path file) {
        try {
            return file.getFileSystem().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(Level.INFO, "changes of " + file + " are noticed by looking at it only: " + e);
            return null;
        }
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        end();
        if (Thread.currentThread() != thread) {
            Threads.join(thread);
        }
    }

    /** Looks no more; a look that is under way goes on. */
    void end() {
        ended.countDown();
        closeWatcher();
    }

    private void closeWatcher() {
        try {
            if (watcher != null) {
                watcher.close();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the watch of " + file + " could not be closed", e);
        }
    }

    private void run() {
        try {
            while (awaitNextLook()) {
                lookNow();
            }
        } catch (ClosedWatchServiceException closed) {
            ended.countDown();
        } catch (InterruptedException e) {
            // Nobody but the JVM's end has a reason to interrupt this thread.
            Thread.currentThread().interrupt();
        }
    }

    private void lookNow() {
        try {
            look.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "looking at " + file + " failed", e);
        }
    }

    /** Whether there is a next one. */
    private boolean awaitNextLook() throws InterruptedException {
        if (register()) {
            // What changed before the watch began is not told by it.
            return ended.getCount() > 0;
        }
        long millis = Math.max(1, untilNextLook.get().toMillis());
        if (watcher == null || keys.isEmpty()) {
            return !ended.await(millis, TimeUnit.MILLISECONDS);
        }
        awaitChange(watcher, millis);
        return ended.getCount() > 0;
    }

    /**
     * Waits for a change, and until none has come for a while. Where other files of the folder change without end, that is
     * for so many rounds only, and the pauses in them keep this from becoming a busy loop.
     */
    private void awaitChange(WatchService watcher, long millis) throws InterruptedException {
        boolean settled = !took(watcher.poll(millis, TimeUnit.MILLISECONDS));
        for (int i = 0; !settled && i < MOST_SETTLES; i++) {
            settled = ended.await(SETTLE_MILLIS, TimeUnit.MILLISECONDS) || !tookAny(watcher);
        }
    }

    private boolean tookAny(WatchService watcher) {
        boolean any = false;
        for (int i = 0; i < keys.size(); i++) {
            any |= took(watcher.poll());
        }
        return any;
    }

    /** Whether there was a key. It is put back at once, or it would tell of nothing more. */
    private static boolean took(@Nullable WatchKey key) {
        if (key == null) {
            return false;
        }
        key.pollEvents();
        key.reset();
        return true;
    }

    /** Anew each time, because folders may have been swapped; returns whether there is a folder that was not watched. */
    private boolean register() {
        boolean isNew = false;
        Set<Path> folders = folders();
        keys.entrySet().removeIf(entry -> !folders.contains(entry.getKey()) && cancel(entry.getValue()));
        for (Path folder : folders) {
            WatchKey known = keys.get(folder);
            if (watcher != null && (known == null || !known.isValid())) {
                isNew |= register(folder, watcher);
            }
        }
        return isNew;
    }

    private static boolean cancel(WatchKey key) {
        key.cancel();
        return true;
    }

    private boolean register(Path folder, WatchService service) {
        try {
            keys.put(folder, folder.register(service, KINDS));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            // It may be there at the next look.
            keys.remove(folder);
            LOG.log(Level.DEBUG, () -> folder + " cannot be watched: " + e);
            return false;
        }
    }

    private Set<Path> folders() {
        Set<Path> folders = new HashSet<>();
        addParent(file, folders);
        try {
            addParent(file.toRealPath(), folders);
        } catch (IOException notThere) {
            LOG.log(Level.DEBUG, () -> file + " is not there: " + notThere);
        }
        return folders;
    }

    private static void addParent(Path path, Set<Path> folders) {
        if (path.getParent() != null) {
            folders.add(path.getParent());
        }
    }
}
