package io.github.hubbleexport.sink;

/** What a {@link RotatingSink} does with files; failures are counted by it. */
public enum SinkOperation {
    /** Opening the live file, with making its folder and setting its mode. */
    OPEN,
    /** Taking or giving back the lock that keeps other processes away. */
    LOCK,
    /** Writing lines. */
    WRITE,
    /** Closing the live file. */
    CLOSE,
    /** Looking whether the path still leads to the file that is open. */
    INSPECT,
    /** Cutting off or ending half a line. */
    REPAIR,
    /** Waiting until lines are on the disk, see {@link Fsync}. */
    FSYNC,
    /** Renaming the live file to a backup. */
    RENAME,
    /** Listing the folder to find backups. */
    LIST,
    /** Compressing a backup. */
    COMPRESS,
    /** Deleting a backup or a left-over temporary file. */
    DELETE,
    /** Asking a {@link RotationPolicy} or {@link BackupNaming}. */
    POLICY,
    /** Starting the background thread, or asking a {@link Retention}. */
    HOUSEKEEPING,
    /** Telling a {@link RotationListener}. */
    LISTENER
}
