package io.github.hubbleexport.sink;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that the operating system locks for one process; when the process dies, so does its lock. The file is deleted
 * before the lock is given back, so whoever gets a lock looks whether it is one on the file at the path.
 */
final class LockFile implements FileOps.Lock {

    private static final int ATTEMPTS = 100;

    private final Path path;
    private final FileChannel channel;
    private final @Nullable Object key;

    private LockFile(Path path, FileChannel channel, @Nullable Object key) {
        this.path = path;
        this.channel = channel;
        this.key = key;
    }

    /** Null if another process has the lock. */
    static @Nullable LockFile take(Path path) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            FileChannel channel = FileChannel.open(path, CREATE, WRITE);
            boolean kept = false;
            try {
                LockFile lock = new LockFile(path, channel, keyOf(path));
                if (!isLocked(channel)) {
                    return null;
                }
                kept = lock.isInPlace();
                if (kept) {
                    return lock;
                }
            } finally {
                closeUnless(kept, channel);
            }
        }
        throw new IOException(path + " is deleted as often as it is made");
    }

    @Override
    public boolean isInPlace() throws IOException {
        Object found = keyOf(path);
        return found != null && Objects.equals(found, key);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (isInPlace()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static void closeUnless(boolean kept, FileChannel channel) throws IOException {
        if (!kept) {
            channel.close();
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this library loaded twice into one process
        }
    }

    /** Null if there is no file; where the file system does not tell files apart, any is as good as another. */
    private static @Nullable Object keyOf(Path path) throws IOException {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return key == null ? path : key;
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
