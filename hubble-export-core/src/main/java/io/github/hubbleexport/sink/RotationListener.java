package io.github.hubbleexport.sink;

import java.nio.file.Path;

/**
 * Is told what a {@link RotatingSink} does with its files. Every method does nothing unless overridden. What a listener
 * throws is counted as {@link SinkOperation#LISTENER} and otherwise ignored; it should return soon.
 */
public interface RotationListener {

    /** A file was put away. Called by the writing thread, before the next line is written. */
    default void rotated(Path live, Path backup) {}

    /** A backup was compressed; the plain file is deleted next. Called by the background thread. */
    default void compressed(Path backup, Path archive) {}

    /** A backup is about to be deleted because the retention says so. Called by the background thread. */
    default void deleting(Path backup) {}

    /** A file operation failed; it has been counted. Called by the thread that tried it. */
    default void failed(SinkOperation operation, Path path, Throwable cause) {}
}
