package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.problem.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines to a file and puts it away as a backup when it is full, by the rules of Cilium's lumberjack: a write that
 * would pass the limit rotates first, a line is never split, backups are named after the moment of rotation and stay
 * beside the file, and an existing file is appended to. Where lumberjack loses lines this sink does not: a line over the
 * limit is written alone in a file of its own, or dropped where {@link Oversize} says so, a backup is never overwritten, after a refused rename lines go on to the
 * same file, and a file that others deleted, moved or replaced is opened again by its path within a tenth of a second.
 *
 * <p>Bytes: a batch goes to the file in as few writes as the limit allows, and every write ends with a line. After a
 * write that failed, what it left of a line is cut off, {@link PartialWriteException} tells how many lines are in the
 * file, and the next write opens it again. A file found with half a line at its end gets a newline and keeps every byte,
 * because a log shipper may have read them and takes a file that shrinks for a new one.
 *
 * <p>Paths: a symbolic link is followed once, when the sink is built, and the file is rotated beside the link's target.
 * A folder that is missing is made, with mode 0755. Two sinks of one process on one file are refused when the second is
 * built. Against a second process a file {@code .<name>.lock} beside the log is locked from the first line to the close:
 * while another process has it, lines are refused, and taken as soon as it has ended. Where no such file can be made or
 * locked, that is counted and lines are written.
 *
 * <p>Opening: when the file cannot be opened, lines are refused at once during growing pauses, of a tenth of a second to
 * ten seconds, between one attempt and the next.
 *
 * <p>Disk: where {@link Builder#fsync} asks for it and it fails, the lines count as not durable, {@link #write} says so,
 * and the next line begins a new file. It is not tried again: the system would call lines durable that it dropped.
 *
 * <p>Threads: all methods may be called from any thread and take turns. Backups are compressed and deleted by one daemon
 * thread for all sinks of the process, which ends when the last of them is closed; what fails there is counted, see
 * {@link #stats}, and tried again after growing pauses of a second to a minute, and after each rotation. An interrupted
 * thread can write: the file stays open and the thread's flag stays set.
 *
 * <p>Log: of failures that {@link #write} throws, the caller has to tell. Of the others - a rename, an archive, a deletion,
 * a lock and so on - the log has one line a minute for each kind.
 */
public final class RotatingSink extends Sink {

    /** Limit of a file in MiB unless told otherwise, as Hubble's: {@value}. */
    public static final int DEFAULT_MAX_FILE_SIZE_MB = 10;

    /** Backups kept unless told otherwise, as Hubble's: {@value}. */
    public static final int DEFAULT_MAX_BACKUPS = 5;

    /** Mode of new files unless told otherwise, as Hubble's: {@value}. */
    public static final String DEFAULT_FILE_MODE = "0644";

    private final ReentrantLock lock = new ReentrantLock();
    private final Path path;
    private final SinkCounters counters;
    private final Housekeeping housekeeping;
    private final RotatingWriter writer;
    private final Map<String, String> settings;
    private final long closeWaitNanos;
    private final Runnable syncTask = this::syncIfDue;
    private boolean syncIsAsked;
    private boolean closed;

    RotatingSink(RotatingSinkSettings checked) {
        path = checked.path();
        settings = checked.text();
        closeWaitNanos = checked.closeWait().toNanos();
        counters = new SinkCounters(checked);
        housekeeping = new Housekeeping(checked, counters);
        writer = new RotatingWriter(checked, counters, housekeeping);
    }

    /**
     * Begins to describe a sink.
     *
     * @param path the file to write to; need not exist, and neither need its folder
     */
    public static Builder builder(Path path) {
        return new Builder(path);
    }

    /**
     * The file that a sink of a path writes to: absolute, links followed. Two paths with one such file are two spellings
     * of one.
     *
     * @throws IOException if a link on the way leads nowhere or in a circle, or the way cannot be looked at
     */
    public static Path realPath(Path path) throws IOException {
        return OpenPaths.real(path);
    }

    /** The file that is written to: absolute, links followed. */
    public Path path() {
        return path;
    }

    /** What happened so far. */
    public RotatingSinkStats stats() {
        return counters.snapshot();
    }

    /** The numbers of {@link #stats}, by their names there; failures as {@code failures.open} and so on. */
    @Override
    public Map<String, Long> figures() {
        return stats().figures();
    }

    /**
     * What is in force, by the name of the setting of the builder, such as {@code maxFileBytes}, {@code maxBackups},
     * {@code compression} (the suffix, or {@code none}) and {@code fsync}; policies of the host in their own words.
     */
    @Override
    public Map<String, String> settings() {
        return settings;
    }

    /** The path. */
    @Override
    public String toString() {
        return path.toString();
    }

    /**
     * Writes all lines, rotating between two of them where needed.
     *
     * @throws PartialWriteException if not all lines are in the file; nothing is left of the others. Refused are lines that
     *     {@link Builder#oversize} drops. Or, counting all of them, if they are in the file and {@link Builder#fsync} could
     *     not put them on the disk
     * @throws IOException if no line is in the file, for example because it cannot be opened or the sink is closed
     */
    @Override
    public void write(LineBatch batch) throws IOException {
        requireNonNull(batch, "batch");
        lock.lock();
        try {
            requireOpen();
            writer.write(batch);
        } finally {
            askForSync();
            lock.unlock();
        }
    }

    /**
     * Puts lines on the disk, where {@link Builder#fsync} says that it is time.
     *
     * @throws IOException if that failed; the lines are in the file, and count as not durable
     */
    @Override
    public void flush() throws IOException {
        lock.lock();
        try {
            if (!closed) {
                writer.flush();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts the file away now; the next line begins a new one. Does nothing if there is no line in the file.
     *
     * @throws IOException if the file cannot be opened or renamed; lines then go on to the same file
     */
    public void rotate() throws IOException {
        lock.lock();
        try {
            requireOpen();
            writer.rotate();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes the file and waits up to five seconds for backups that are being compressed or deleted. What is left of
     * that is done by the next sink on this path. Calling it again does nothing.
     *
     * @throws IOException if {@link Builder#fsync} asked for lines to be on the disk and they are not; all else is done then
     */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        try {
            writer.close();
        } finally {
            housekeeping.forget(syncTask);
            housekeeping.end(closeWaitNanos);
            writer.unlock();
            OpenPaths.free(path);
        }
    }

    /** Lines that nobody writes after are not to wait for ever. */
    private void askForSync() {
        long nanos = writer.nanosUntilSync();
        if (nanos != Long.MAX_VALUE && !syncIsAsked && !closed) {
            syncIsAsked = true;
            housekeeping.later(syncTask, nanos);
        }
    }

    private void syncIfDue() {
        lock.lock();
        try {
            syncIsAsked = false;
            if (!closed) {
                writer.syncIfDue();
                askForSync();
            }
        } finally {
            lock.unlock();
        }
    }

    /** For tests: looks after the backups now, as after a rotation. */
    void keepHouse() {
        housekeeping.request();
    }

    /** For tests: waits until backups have been compressed and deleted. */
    boolean awaitHousekeeping(long nanos) {
        return housekeeping.await(nanos);
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException(path + " is closed");
        }
    }

    /**
     * Describes a {@link RotatingSink}. Nothing is checked before {@link #build}, which then tells all problems at once.
     * For one thread.
     */
    public static final class Builder {

        final Path path;

        @Nullable
        Integer maxFileSizeMb;

        @Nullable
        Long maxFileBytes;

        @Nullable
        Integer maxBackups;

        @Nullable
        Duration maxAge;

        @Nullable
        Long maxTotalBytes;

        @Nullable
        Long minFreeBytes;

        boolean rotateAtStart;

        @Nullable
        Boolean compress;

        @Nullable
        Boolean localTime;

        @Nullable
        String fileModeText;

        @Nullable
        Set<PosixFilePermission> fileMode;

        @Nullable
        RotationPolicy rotation;

        @Nullable
        BackupNaming naming;

        @Nullable
        Retention retention;

        @Nullable
        Compression compression;

        @Nullable
        Duration compressAfter;

        Oversize oversize = Oversize.WRITE_ALONE;
        Fsync fsync = Fsync.never();
        RotationListener listener = new RotationListener() {};
        Clock clock = Clock.systemUTC();
        LongSupplier ticker = System::nanoTime;
        Duration closeWait = Duration.ofSeconds(5);
        FileOps ops = new JdkFileOps();

        private Builder(Path path) {
            this.path = requireNonNull(path, "path");
        }

        /** Limit of a file in MiB, at least 1; {@value RotatingSink#DEFAULT_MAX_FILE_SIZE_MB} unless told otherwise. */
        public Builder maxFileSizeMb(int mebibytes) {
            maxFileSizeMb = mebibytes;
            return this;
        }

        /** Limit of a file in bytes, at least 1; instead of {@link #maxFileSizeMb}. */
        public Builder maxFileBytes(long bytes) {
            maxFileBytes = bytes;
            return this;
        }

        /**
         * How many backups stay, a plain one and its archive counted once; 0 for all,
         * {@value RotatingSink#DEFAULT_MAX_BACKUPS} unless told otherwise.
         */
        public Builder maxBackups(int backups) {
            maxBackups = backups;
            return this;
        }

        /** How old backups may become, by the time in their name; zero, as unless told otherwise, for any age. */
        public Builder maxAge(Duration age) {
            maxAge = requireNonNull(age, "age");
            return this;
        }

        /** How many bytes all backups may take together; any number unless told otherwise. */
        public Builder maxTotalBytes(long bytes) {
            maxTotalBytes = bytes;
            return this;
        }

        /** How many bytes are to stay free on the disk, as {@link Retention#freeBytes}; none unless told otherwise. */
        public Builder minFreeBytes(long bytes) {
            minFreeBytes = bytes;
            return this;
        }

        /** Whether lines that are found in the file are put away before the first line; not unless told otherwise. */
        public Builder rotateAtStart(boolean rotate) {
            rotateAtStart = rotate;
            return this;
        }

        /** Whether backups are compressed with gzip; not unless told otherwise. */
        public Builder compress(boolean gzip) {
            compress = gzip;
            return this;
        }

        /** Whether names of backups carry local time; UTC unless told otherwise. */
        public Builder localTime(boolean local) {
            localTime = local;
            return this;
        }

        /**
         * Mode of new files, in octal, whatever the process masks; {@value RotatingSink#DEFAULT_FILE_MODE} unless told
         * otherwise. A file that is found when the sink first opens it gets the mode too if one was told, or if it cannot be
         * written as it is; where that is refused, as to others than its owner, it is counted.
         */
        public Builder fileMode(String octal) {
            fileModeText = requireNonNull(octal, "octal");
            fileMode = null;
            return this;
        }

        /** Mode of new files, as {@link #fileMode(String)}. */
        public Builder fileMode(Set<PosixFilePermission> permissions) {
            fileMode = Set.copyOf(permissions);
            fileModeText = null;
            return this;
        }

        /** When to rotate; instead of a limit by {@link #maxFileSizeMb} or {@link #maxFileBytes}. */
        public Builder rotation(RotationPolicy policy) {
            rotation = requireNonNull(policy, "policy");
            return this;
        }

        /** How backups are called; instead of {@link #localTime}. */
        public Builder naming(BackupNaming names) {
            naming = requireNonNull(names, "names");
            return this;
        }

        /** Which backups stay; instead of every other setting of that. */
        public Builder retention(Retention policy) {
            retention = requireNonNull(policy, "policy");
            return this;
        }

        /** How backups are compressed; instead of {@link #compress}. */
        public Builder compression(Compression how) {
            compression = requireNonNull(how, "how");
            return this;
        }

        /**
         * How long backups are left as they are before they are compressed, so that a log shipper that has one open comes to
         * its end; not at all unless told otherwise, at most a year. What is in that time when the sink is closed is
         * compressed by the next one on this path.
         */
        public Builder compressAfter(Duration grace) {
            compressAfter = requireNonNull(grace, "grace");
            return this;
        }

        /** What is done with a line longer than a whole file may be; written alone unless told otherwise. */
        public Builder oversize(Oversize policy) {
            oversize = requireNonNull(policy, "policy");
            return this;
        }

        /** When lines are put on the disk; never by this library unless told otherwise. */
        public Builder fsync(Fsync when) {
            fsync = requireNonNull(when, "when");
            return this;
        }

        /** Whom to tell what happens to the files; nobody unless told otherwise. */
        public Builder listener(RotationListener host) {
            listener = requireNonNull(host, "host");
            return this;
        }

        /** The clock for names and ages of backups; the system's unless told otherwise. */
        public Builder clock(Clock source) {
            clock = requireNonNull(source, "source");
            return this;
        }

        /** For tests: the source of nanoseconds by which pauses are measured. */
        Builder ticker(LongSupplier nanos) {
            ticker = nanos;
            return this;
        }

        /** For tests: how long closing waits for the background thread. */
        Builder closeWait(Duration most) {
            closeWait = most;
            return this;
        }

        /** For tests: the file system. */
        Builder fileOps(FileOps fileOps) {
            ops = fileOps;
            return this;
        }

        /**
         * Checks everything and reserves the path for this sink until it is closed. Opens no file and makes none: the
         * first line does that.
         *
         * @throws ConfigException with every problem
         */
        public RotatingSink build() {
            return new RotatingSink(new SettingsCheck(this).settings());
        }
    }
}
