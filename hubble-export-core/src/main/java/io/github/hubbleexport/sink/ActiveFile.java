package io.github.hubbleexport.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The live file: opens it, appends whole lines, follows its path when others move or delete it, and mends it after a
 * write that failed. For the writing thread only.
 *
 * <p>A file that was found with half a line at its end gets a newline, and keeps every byte: somebody may already have
 * read them, and a file that shrinks looks like a new one to a log shipper. Only what a failed write of this object left
 * behind is cut off, and where that is refused a newline ends it too.
 */
final class ActiveFile implements LiveFile {

    /** How often the path is looked at; lines written to a deleted file are lost for no longer than this. */
    static final long INSPECT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Pauses between attempts to open; meanwhile lines are refused at once. */
    static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final byte[] NEWLINE = {'\n'};

    private final Path path;
    private final Set<PosixFilePermission> mode;
    private final boolean givesMode;
    private final Clock clock;
    private final LongSupplier ticker;
    private final FileOps ops;
    private final SinkCounters counters;
    private final DiskSync disk;
    private final ProcessLock lock;
    private final GrowingPause pause;

    private @Nullable OutputStream out;
    private @Nullable Object key;
    private long size;
    private boolean hasOpened;
    private boolean tailIsWhole;
    private Instant openedAt = Instant.EPOCH;
    private Instant since = Instant.EPOCH;
    private Duration ageWhenOpened = Duration.ZERO;
    private long openedTick;
    private long inspectedAt;
    private @Nullable Cut cut;
    private @Nullable Exception openFailure;

    /** What a failed write may have left behind: everything from a size on, in a certain file. */
    private record Cut(long keep, @Nullable Object key) {}

    ActiveFile(RotatingSinkSettings settings, SinkCounters counters) {
        path = settings.path();
        mode = settings.fileMode();
        givesMode = settings.givesMode();
        clock = settings.clock();
        ticker = settings.ticker();
        ops = settings.ops();
        this.counters = counters;
        disk = new DiskSync(settings, counters);
        lock = new ProcessLock(settings, counters);
        pause = new GrowingPause(ticker, FIRST_PAUSE, LONGEST_PAUSE);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Instant openedAt() {
        return openedAt;
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public Duration age() {
        return ageWhenOpened.plusNanos(ticker.getAsLong() - openedTick);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    /** Makes sure that the file at the path is open, and now and then that it still is that file. */
    void ready() throws IOException {
        if (out != null && ticker.getAsLong() - inspectedAt >= INSPECT_NANOS) {
            follow();
        }
        if (out == null) {
            if (!pause.isOver()) {
                throw new IOException(path + " could not be opened, and is not tried again yet", openFailure);
            }
            open();
        }
    }

    DiskSync disk() {
        return disk;
    }

    /** Lets other processes write to the path; only after {@link #close}. */
    void unlock() {
        lock.release();
    }

    /** Looks at the path: reads the size again, and closes the file if the path no longer leads to it. */
    void follow() {
        inspectedAt = ticker.getAsLong();
        try {
            FileOps.Facts facts = ops.inspect(path);
            if (facts == null || !Objects.equals(facts.key(), key)) {
                counters.reopened.getAndIncrement();
                close();
            } else {
                resized(facts.size());
            }
        } catch (IOException e) {
            counters.failed(SinkOperation.INSPECT, path, e);
        }
    }

    boolean isOpen() {
        return out != null;
    }

    /** Ends half a line that was found in the file with a newline. */
    void endTornLine() throws IOException {
        if (!tailIsWhole && size > 0 && isTorn()) {
            put(NEWLINE, 0, NEWLINE.length);
            counters.repairs.getAndIncrement();
        }
        tailIsWhole = true;
    }

    /** Appends lines of a batch, from one up to but not including another, in one write. */
    void append(LineBatch batch, int from, int to) throws PartialWriteException {
        int start = batch.lineStart(from);
        int length = batch.lineStart(to) - start;
        try {
            put(batch.bytes(), start, length);
        } catch (IOException | RuntimeException | Error e) {
            throw new PartialWriteException(keepWholeLines(batch, from, to), e);
        }
        wrote(to - from, length);
    }

    /** Closes the file, if it is open; the next {@link #ready} opens what is at the path then. */
    void close() {
        OutputStream closing = out;
        out = null;
        if (closing == null) {
            return;
        }
        try {
            closing.close();
        } catch (IOException e) {
            counters.failed(SinkOperation.CLOSE, path, e);
        }
    }

    private void open() throws IOException {
        try {
            out = openStream();
            adopt(ops.inspect(path));
            pause.succeeded();
            openFailure = null;
        } catch (IOException | RuntimeException e) {
            close();
            pause.failed();
            openFailure = e;
            counters.thrown(SinkOperation.OPEN, path, e);
            throw e;
        }
        cutOff();
    }

    private OutputStream openStream() throws IOException {
        FileOps.Facts found = ops.inspect(path);
        if (found == null) {
            makeFolder();
        }
        lock.hold();
        if (found == null) {
            return make();
        }
        if (!found.regular()) {
            throw new IOException(path + " is not a regular file");
        }
        return appendToFound();
    }

    /** What was there before this sink is made right, once; later on others may have their reasons. */
    private OutputStream appendToFound() throws IOException {
        boolean first = !hasOpened;
        if (first && givesMode) {
            giveMode();
        }
        try {
            return ops.append(path);
        } catch (AccessDeniedException e) {
            if (!first) {
                throw e;
            }
            giveMode();
            return ops.append(path);
        }
    }

    private void makeFolder() throws IOException {
        Path folder = path.getParent();
        if (folder != null && ops.inspect(folder) == null) {
            ops.makeFolders(folder);
        }
    }

    private OutputStream make() throws IOException {
        OutputStream made = ops.append(path);
        giveMode();
        return made;
    }

    /** Lines matter more than who may read them. */
    private void giveMode() {
        try {
            ops.setMode(path, mode);
        } catch (IOException e) {
            counters.failed(SinkOperation.OPEN, path, e);
        }
    }

    private void adopt(FileOps.@Nullable Facts facts) throws IOException {
        if (facts == null) {
            throw new NoSuchFileException(path.toString(), null, "deleted while it was opened");
        }
        hasOpened = true;
        openedAt = clock.instant();
        inspectedAt = ticker.getAsLong();
        if (facts.size() == 0 || !Objects.equals(facts.key(), key)) {
            dateBack(facts);
        }
        key = facts.key();
        disk.opened(key);
        size = facts.size();
        tailIsWhole = false;
    }

    /** A file that is only opened again, after a write that failed, stays as old as it is. */
    private void dateBack(FileOps.Facts facts) {
        boolean older = facts.size() > 0 && facts.changed().isBefore(openedAt);
        since = older ? facts.changed() : openedAt;
        ageWhenOpened = Duration.between(since, openedAt);
        openedTick = inspectedAt;
    }

    private void resized(long found) {
        if (found != size) {
            size = found;
            tailIsWhole = false;
        }
    }

    /** A file that may be written but not read is taken for torn: an empty line is better than two glued ones. */
    private boolean isTorn() throws IOException {
        try {
            return ops.lastByte(path, size) != '\n';
        } catch (AccessDeniedException e) {
            return true;
        } catch (IOException e) {
            counters.thrown(SinkOperation.REPAIR, path, e);
            throw e;
        }
    }

    private void put(byte[] bytes, int offset, int length) throws IOException {
        OutputStream open = out;
        if (open == null) {
            throw new IOException(path + " is not open");
        }
        try {
            open.write(bytes, offset, length);
            size += length;
        } catch (IOException | RuntimeException | Error e) {
            counters.thrown(SinkOperation.WRITE, path, e);
            close();
            cut = new Cut(size, key);
            throw e;
        }
    }

    /**
     * After a failed write: finds out how many whole lines reached the file and cuts the rest off. Where the file cannot
     * be looked at, no line counts as written and all of them are cut off when it is opened again.
     */
    private int keepWholeLines(LineBatch batch, int from, int to) {
        long landed = landed();
        int kept = from;
        while (kept < to && batch.lineEnd(kept) - batch.lineStart(from) <= landed) {
            kept++;
        }
        int length = batch.lineStart(kept) - batch.lineStart(from);
        cut = new Cut(size + length, key);
        wrote(kept - from, length);
        cutOff();
        return kept - from;
    }

    private void wrote(int lines, int length) {
        counters.wrote(lines, length);
        disk.wrote(lines);
    }

    private long landed() {
        try {
            FileOps.Facts facts = ops.inspect(path);
            return facts != null && Objects.equals(facts.key(), key) ? facts.size() - size : 0;
        } catch (IOException e) {
            counters.failed(SinkOperation.INSPECT, path, e);
            return 0;
        }
    }

    /** Cuts off what a failed write left. A second refusal, at reopening, leaves it to {@link #endTornLine}. */
    private void cutOff() {
        Cut todo = cut;
        if (todo == null) {
            return;
        }
        try {
            cutOff(todo);
            cut = null;
        } catch (IOException e) {
            counters.failed(SinkOperation.REPAIR, path, e);
            cut = out == null ? todo : null;
        }
    }

    private void cutOff(Cut todo) throws IOException {
        FileOps.Facts facts = ops.inspect(path);
        if (facts != null && Objects.equals(facts.key(), todo.key()) && facts.size() > todo.keep()) {
            ops.truncate(path, todo.keep());
            counters.repairs.getAndIncrement();
            size = todo.keep();
        }
    }
}
