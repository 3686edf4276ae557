package io.github.hubbleexport.sink;

import java.nio.file.Path;

/**
 * Is told what a {@link RotatingSink} does with its files. Every method does nothing unless overridden. What a listener
 * throws is counted as {@link SinkOperation#LISTENER}; from {@link #compressing} and {@link #deleting} it also means "not
 * yet", elsewhere it is ignored.
 *
 * <p>So a host that is to upload backups does it in one of these two, depending on which form it wants, and throws while it
 * cannot. The background thread serves all files of the process: others are compressed and deleted when the upload has
 * returned, while writing goes on. A host that never gives up must look after the space itself, since no limit deletes a
 * backup that it holds back.
 */
public interface RotationListener {

    /** A file was put away. Called by the writing thread, before the next line is written. */
    default void rotated(Path live, Path backup) {}

    /**
     * A finished backup is about to be compressed. If this throws it stays as it is, and this is asked again after growing
     * pauses of a second to a minute, and after each rotation. Called by the background thread.
     */
    default void compressing(Path backup) {}

    /** A backup was compressed; the plain file is deleted next. Called by the background thread. */
    default void compressed(Path backup, Path archive) {}

    /**
     * A file of a backup, plain or compressed, is about to be deleted because the retention says so. If this throws it
     * stays, and this is asked again after growing pauses of a second to a minute, and after each rotation. Called by the
     * background thread.
     */
    default void deleting(Path backup) {}

    /** A file operation failed; it has been counted. Called by the thread that tried it. */
    default void failed(SinkOperation operation, Path path, Throwable cause) {}
}
