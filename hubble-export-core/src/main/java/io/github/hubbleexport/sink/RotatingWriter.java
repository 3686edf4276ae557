package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Spreads the lines of a batch over files: as many as fit, then a new file, and so on. One thread at a time.
 */
final class RotatingWriter {

    private final Path path;
    private final RotationPolicy rotation;
    private final SinkCounters counters;
    private final Housekeeping housekeeping;
    private final ActiveFile active;
    private final DiskSync disk;
    private final Rotator rotator;
    private final boolean drops;
    private final long longestLine;
    private final RefusedLines refused = new RefusedLines();
    private boolean mayRotate;
    private boolean begins;

    RotatingWriter(RotatingSinkSettings settings, SinkCounters counters, Housekeeping housekeeping) {
        path = settings.path();
        rotation = settings.rotation();
        begins = settings.rotateAtStart();
        drops = settings.oversize() == Oversize.DROP;
        longestLine = rotation.longestLine();
        active = new ActiveFile(settings, counters);
        disk = active.disk();
        rotator = new Rotator(settings, counters);
        this.counters = counters;
        this.housekeeping = housekeeping;
    }

    void write(LineBatch batch) throws PartialWriteException {
        mayRotate = rotator.mayTry();
        int done = 0;
        Throwable failure = null;
        refused.clear();
        try {
            while (done < batch.lines()) {
                done = writeSome(batch, done);
            }
        } catch (PartialWriteException e) {
            done += e.next();
            failure = requireNonNull(e.getCause(), "cause");
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        disk.afterWrite();
        IOException notDurable = disk.takeFailure();
        throwIfAny(done, failure == null ? notDurable : failure);
    }

    private void throwIfAny(int done, @Nullable Throwable failure) throws PartialWriteException {
        if (failure != null) {
            throw new PartialWriteException(done, refused.lines(), failure);
        }
        if (!refused.isEmpty()) {
            throw new PartialWriteException(done, refused.lines(), refused.reason(longestLine));
        }
    }

    /** Puts lines on the disk that have waited long enough. */
    void flush() throws IOException {
        disk.afterWrite();
        throwIfNotDurable();
    }

    /** Puts lines on the disk that have waited long enough; a failure is told by the next write or flush. */
    void syncIfDue() {
        disk.afterWrite();
    }

    /** Nanoseconds until {@link #syncIfDue} has something to do; {@link Long#MAX_VALUE} if it never has. */
    long nanosUntilSync() {
        return disk.nanosUntilDue();
    }

    /** Puts the file away if there is a line in it. */
    void rotate() throws IOException {
        active.ready();
        active.follow();
        if (active.isOpen() && active.size() > 0) {
            putAway();
        }
    }

    /**
     * Closes the file in any case.
     *
     * @throws IOException if lines could not be put on the disk
     */
    void close() throws IOException {
        disk.sync();
        active.close();
        throwIfNotDurable();
    }

    private void throwIfNotDurable() throws IOException {
        IOException notDurable = disk.takeFailure();
        if (notDurable != null) {
            throw notDurable;
        }
    }

    /** Lets other processes write to the path. */
    void unlock() {
        active.unlock();
    }

    /** Writes the lines that fit, or makes room and writes none; returns the next line to write. */
    private int writeSome(LineBatch batch, int from) throws IOException {
        active.ready();
        housekeeping.begin();
        if (batch.bytes()[batch.lineEnd(from) - 1] == '\n') {
            active.endTornLine(); // not among records that are kept apart in another way
        }
        if (isDropped(batch, from)) {
            return drop(from);
        }
        int to = fitting(batch, from, begins && active.size() > 0 ? 0 : room());
        if (to > from) {
            active.append(batch, from, to);
            begins = false;
            return to;
        }
        return active.size() == 0 ? writeOversize(batch, from) : makeRoom(batch, from);
    }

    private boolean isDropped(LineBatch batch, int line) {
        return drops && batch.lineEnd(line) - batch.lineStart(line) > longestLine;
    }

    private int drop(int line) {
        refused.add(line);
        counters.oversizeLines.getAndIncrement();
        counters.droppedLines.getAndIncrement();
        return line + 1;
    }

    private int writeOversize(LineBatch batch, int line) throws PartialWriteException {
        active.append(batch, line, line + 1);
        begins = false;
        counters.oversizeLines.getAndIncrement();
        return line + 1;
    }

    private int makeRoom(LineBatch batch, int from) throws PartialWriteException {
        if (!mayRotate) {
            int to = fitting(batch, from, Long.MAX_VALUE);
            active.append(batch, from, to);
            begins = false;
            return to;
        }
        long before = active.size();
        active.follow();
        if (active.isOpen() && active.size() >= before) {
            tryToPutAway();
        }
        return from;
    }

    /** A refused rename has been counted, and is no reason to lose lines. */
    private void tryToPutAway() {
        try {
            putAway();
        } catch (IOException e) {
            mayRotate = false;
        }
    }

    private void putAway() throws IOException {
        disk.sync();
        rotator.rotate();
        active.close();
        housekeeping.request();
    }

    private long room() {
        if (disk.isSpoiled() && active.size() > 0) {
            return 0;
        }
        try {
            return rotation.room(active);
        } catch (RuntimeException e) {
            counters.failed(SinkOperation.POLICY, path, e);
            return Long.MAX_VALUE;
        }
    }

    /** Where the lines end that there is room for, and that are not to be dropped. */
    private int fitting(LineBatch batch, int from, long room) {
        int start = batch.lineStart(from);
        int to = from;
        while (to < batch.lines() && batch.lineEnd(to) - start <= room && !isDropped(batch, to)) {
            to++;
        }
        return to;
    }
}
