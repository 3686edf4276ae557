package io.github.hubbleexport.agent.follow;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files one after the other, each read while it grows. One that shrinks below what was read of it, or that another file has
 * taken the place of, ends; and it is opened anew by its name.
 *
 * <p>What is not noticed: a file that was cut and has grown beyond its old length again within {@value #PAUSE_MILLIS} ms,
 * and one that is written over in place.
 *
 * <p>For one reader; {@link #stop} from any thread.
 */
public final class FollowedFiles {

    /** How long until an end of a file is looked at again, in milliseconds. */
    static final long PAUSE_MILLIS = 100;

    private final Succession order;
    private final Consumer<String> notes;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable FollowedFile current;

    private FollowedFiles(Succession order, Consumer<String> notes) {
        this.order = order;
        this.notes = notes;
    }

    /**
     * Follows one name, as {@code tail -F} does.
     *
     * @param notes hears what became of files
     */
    public static FollowedFiles ofName(Path file, Consumer<String> notes) {
        return new FollowedFiles(finished -> finished == null ? file : null, notes);
    }

    /**
     * Reads the files of a folder in the order of their names, and follows the last one until a later one is there.
     *
     * @param notes hears what became of files
     */
    public static FollowedFiles ofFolder(Path folder, Consumer<String> notes) {
        return new FollowedFiles(new SegmentFolder(folder), notes);
    }

    /**
     * The next file, when the one before has ended; waits until there is one.
     *
     * @return null after {@link #stop}
     * @throws IOException if it cannot be opened, although it is there
     */
    public @Nullable FollowedFile next() throws IOException {
        FollowedFile ended = current;
        Path path = null;
        if (ended != null) {
            ended.close();
            path = ended.isReplaced() ? ended.path() : order.after(ended.path());
        }
        current = await(path, ended == null ? null : ended.path());
        return current;
    }

    /** Opens a file, or what comes after the last one, as soon as it is there. */
    private @Nullable FollowedFile await(@Nullable Path expected, @Nullable Path last) throws IOException {
        Path path = expected;
        while (!isStopped()) {
            FollowedFile opened = path == null ? null : open(path);
            if (opened != null) {
                return opened;
            }
            Path later = order.after(last);
            if (later == null || later.equals(path)) {
                pause();
            }
            path = later == null ? path : later;
        }
        return null;
    }

    private @Nullable FollowedFile open(Path path) throws IOException {
        try {
            return FollowedFile.open(path, this);
        } catch (NoSuchFileException e) {
            return null; // between two files of one name there may be none
        }
    }

    /** Ends waiting, now and later. */
    public void stop() {
        stopped.countDown();
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Whether a later file is there, after which nothing more comes in this one. */
    boolean hasSuccessor(Path path) throws IOException {
        return order.after(path) != null;
    }

    void note(String what) {
        notes.accept(what);
    }

    /** Waits for a moment, or until it is stopped. */
    void pause() {
        try {
            boolean unused = stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }
}
