package io.github.hubbleexport.sink;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every file operation of a rotating sink, so that tests can make any one of them fail. An operation neither closes a
 * file nor fails because the calling thread is interrupted.
 */
interface FileOps {

    /**
     * What is known about a file.
     *
     * @param size its bytes
     * @param key tells this file from others, null where the file system has no such thing
     * @param regular whether it is a regular file
     * @param changed when its content was last changed
     */
    record Facts(long size, @Nullable Object key, boolean regular, Instant changed) {}

    /** A lock of this process. */
    interface Lock extends Closeable {

        /** Whether others still see it: false after its file was deleted or replaced. */
        boolean isInPlace() throws IOException;
    }

    /** Null if there is no such file. */
    @Nullable
    Facts inspect(Path path) throws IOException;

    /** Makes a folder and those above it, where they are missing. */
    void makeFolders(Path folder) throws IOException;

    /** Opens for append, making the file if there is none. Each write goes to the file at once. */
    OutputStream append(Path path) throws IOException;

    /** Does nothing where the file has the mode already: only its owner may set one. */
    void setMode(Path path, Set<PosixFilePermission> mode) throws IOException;

    /** The last byte of a file that is not empty. */
    int lastByte(Path path, long size) throws IOException;

    void truncate(Path path, long size) throws IOException;

    /** Renames within a folder and fails if there already is a file of the new name. */
    void rename(Path from, Path to) throws IOException;

    /** Renames within a folder, over an existing file. */
    void replace(Path from, Path to) throws IOException;

    /** Deletes a file if it is there. */
    void delete(Path path) throws IOException;

    /** Names of all that is in a folder. */
    List<String> list(Path folder) throws IOException;

    InputStream read(Path path) throws IOException;

    /** Makes a file, or empties it. */
    OutputStream create(Path path) throws IOException;

    /** Gives a file the permissions of another. */
    void copyMode(Path from, Path to) throws IOException;

    /** Locks a file, making it if there is none, until it is closed and deleted; null if another process has the lock. */
    @Nullable
    Lock lock(Path path) throws IOException;

    /** Returns when the file's bytes are on the disk. */
    void sync(Path path) throws IOException;
}
