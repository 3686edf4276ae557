package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Spreads the lines of a batch over files: as many as fit, then a new file, and so on. One thread at a time.
 */
final class RotatingWriter {

    private final Path path;
    private final RotationPolicy rotation;
    private final SinkCounters counters;
    private final Housekeeping housekeeping;
    private final ActiveFile active;
    private final Rotator rotator;
    private boolean mayRotate;

    RotatingWriter(RotatingSinkSettings settings, SinkCounters counters, Housekeeping housekeeping) {
        path = settings.path();
        rotation = settings.rotation();
        active = new ActiveFile(settings, counters);
        rotator = new Rotator(settings, counters);
        this.counters = counters;
        this.housekeeping = housekeeping;
    }

    void write(LineBatch batch) throws PartialWriteException {
        mayRotate = rotator.mayTry();
        int done = 0;
        try {
            while (done < batch.lines()) {
                done = writeSome(batch, done);
            }
        } catch (PartialWriteException e) {
            throw new PartialWriteException(done + e.linesWritten(), requireNonNull(e.getCause(), "cause"));
        } catch (IOException | RuntimeException e) {
            throw new PartialWriteException(done, e);
        }
    }

    /** Puts the file away if there is a line in it. */
    void rotate() throws IOException {
        active.ready();
        active.follow();
        if (active.isOpen() && active.size() > 0) {
            putAway();
        }
    }

    void close() {
        active.close();
    }

    /** Writes the lines that fit, or makes room and writes none; returns the next line to write. */
    private int writeSome(LineBatch batch, int from) throws IOException {
        active.ready();
        housekeeping.begin();
        if (batch.bytes()[batch.lineEnd(from) - 1] == '\n') {
            active.endTornLine(); // not among records that are kept apart in another way
        }
        int to = fitting(batch, from, room());
        if (to > from) {
            active.append(batch, from, to);
            return to;
        }
        return active.size() == 0 ? writeOversize(batch, from) : makeRoom(batch, from);
    }

    private int writeOversize(LineBatch batch, int line) throws PartialWriteException {
        active.append(batch, line, line + 1);
        counters.oversizeLines.getAndIncrement();
        return line + 1;
    }

    private int makeRoom(LineBatch batch, int from) throws PartialWriteException {
        if (!mayRotate) {
            active.append(batch, from, batch.lines());
            return batch.lines();
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
        rotator.rotate();
        active.close();
        housekeeping.request();
    }

    private long room() {
        try {
            return rotation.room(active);
        } catch (RuntimeException e) {
            counters.failed(SinkOperation.POLICY, path, e);
            return Long.MAX_VALUE;
        }
    }

    private static int fitting(LineBatch batch, int from, long room) {
        int start = batch.lineStart(from);
        int to = from;
        while (to < batch.lines() && batch.lineEnd(to) - start <= room) {
            to++;
        }
        return to;
    }
}
