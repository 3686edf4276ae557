package io.github.hubbleexport.config;

import io.github.hubbleexport.config.DynamicExporterStatus.Operation;
import io.github.hubbleexport.config.ReloadResult.Outcome;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.problem.Problems;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Reads the file, decides whether there is something to do, has it done, counts it and tells of it. One at a time. */
final class Reloader {

    private static final Logger LOG = System.getLogger(DynamicExporter.class.getName());

    /** What was in force last, or would be. */
    private record Applied(
            long hash,
            @Nullable Instant at,
            List<Problem> refusal,
            @Nullable Instant refusedAt) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable Path file;
    private final UnknownKeys unknownKeys;
    private final @Nullable Entry fixed;
    private final Reconciler reconciler;
    private final Clock clock;
    private final Map<Operation, LongAdder> counts = new EnumMap<>(Operation.class);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Applied applied = new Applied(0, null, List.of(), null);

    private FlowLogs current = FlowLogs.of(List.of());

    /** What was found at the last look: the hash of the content, or why there was none. */
    private String seen = "";

    private boolean closed;

    /** Whoever was to close has given up waiting for a reload, which does it when it ends. */
    private volatile boolean abandoned;

    Reloader(
            @Nullable Path file,
            UnknownKeys unknownKeys,
            @Nullable FlowLogConfig fixed,
            Reconciler reconciler,
            Clock clock) {
        this.file = file;
        this.unknownKeys = unknownKeys;
        this.fixed = fixed == null ? null : new Entry(fixed, "static exporter", null);
        this.reconciler = reconciler;
        this.clock = clock;
        for (Operation operation : Operation.values()) {
            counts.put(operation, new LongAdder());
        }
    }

    /** The first look, which must succeed unless the file is waited for. */
    void begin(boolean waitsForFile) {
        Entry fixedEntry = fixed;
        if (fixedEntry != null) {
            Problems problems = new Problems();
            EntryChecks.checkAll(List.of(fixedEntry), problems);
            problems.throwIfAny();
            ReloadResult result = reconciler.apply(List.of(fixedEntry));
            if (!result.failed().isEmpty()) {
                throw new ConfigException(result.problems());
            }
        }
        ReloadResult first = look();
        if (first.outcome() == Outcome.REFUSED && !waitsForFile) {
            throw new ConfigException(first.problems());
        }
    }

    ReloadResult look() {
        lock.lock();
        try {
            return closed ? ReloadResult.UNCHANGED : lookAtFile();
        } finally {
            unlock();
        }
    }

    private ReloadResult lookAtFile() {
        Path path = file;
        if (path == null) {
            return keepUp();
        }
        byte[] content;
        try {
            content = FlowLogs.content(path);
        } catch (IOException e) {
            return refuseOnce("none: " + e, List.of(new Problem(path.toString(), "", unreadable(e))));
        }
        String hash = Long.toHexString(FlowLogs.hash(content));
        if (hash.equals(seen)) {
            return keepUp();
        }
        try {
            ReloadResult result = applyNow(withoutClash(FlowLogs.parse(content, unknownKeys)));
            seen = hash;
            return result;
        } catch (ConfigException e) {
            return refuseOnce(hash, e.problems());
        }
    }

    private static String unreadable(IOException e) {
        return e instanceof NoSuchFileException ? "there is no such file" : "cannot be read: " + e;
    }

    /** The same fault is told once, not at every look. */
    private ReloadResult refuseOnce(String found, List<Problem> problems) {
        if (found.equals(seen)) {
            return keepUp();
        }
        seen = found;
        count(Operation.FAILURE, 1);
        applied = new Applied(applied.hash(), applied.at(), problems, clock.instant());
        LOG.log(Level.WARNING, () -> "the flow logs stay as they were; " + new ConfigException(problems).getMessage());
        ReloadResult unused = keepUp();
        return ReloadResult.refused(problems);
    }

    ReloadResult apply(FlowLogs flowLogs) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the exporter is closed");
            }
            return applyNow(withoutClash(flowLogs));
        } catch (ConfigException e) {
            return ReloadResult.refused(e.problems());
        } finally {
            unlock();
        }
    }

    Plan check(Path path) {
        try {
            return check(FlowLogs.read(path, unknownKeys));
        } catch (ConfigException e) {
            return new Plan(List.of(), e.problems());
        } catch (IOException e) {
            return new Plan(List.of(), List.of(new Problem(path.toString(), "", unreadable(e))));
        }
    }

    Plan check(FlowLogs flowLogs) {
        lock.lock();
        try {
            List<Entry> entries = entries(withoutClash(flowLogs));
            return new Planner(reconciler.managed(), reconciler.draft(entries)).plan(entries);
        } catch (ConfigException e) {
            return new Plan(List.of(), e.problems());
        } finally {
            lock.unlock();
        }
    }

    private ReloadResult applyNow(FlowLogs flowLogs) {
        ReloadResult result = reconciler.apply(entries(flowLogs));
        current = flowLogs;
        applied = new Applied(flowLogs.hash(), clock.instant(), List.of(), null);
        count(Operation.ADD, result.added().size());
        count(Operation.UPDATE, result.changed().size());
        count(Operation.REMOVE, result.removed().size());
        count(Operation.ENTRY_FAILURE, result.failed().size());
        tell(result);
        return result;
    }

    /** Ends and resumes entries by the clock, and tries again what failed. No reconfiguration: the file is the same. */
    private ReloadResult keepUp() {
        if (!reconciler.isBehind()) {
            return ReloadResult.UNCHANGED;
        }
        ReloadResult result = reconciler.apply(entries(current));
        if (!result.changedAnything()) {
            return ReloadResult.UNCHANGED;
        }
        tell(result);
        return result;
    }

    private List<Entry> entries(FlowLogs flowLogs) {
        List<Entry> entries = new ArrayList<>();
        if (fixed != null) {
            entries.add(fixed);
        }
        entries.addAll(flowLogs.entries());
        return entries;
    }

    private FlowLogs withoutClash(FlowLogs flowLogs) {
        Problems problems = new Problems();
        if (fixed != null) {
            FlowLogConfig ours = fixed.config();
            for (Entry entry : flowLogs.entries()) {
                refuseClash(entry, ours, problems);
            }
        }
        problems.throwIfAny();
        return flowLogs;
    }

    private static void refuseClash(Entry entry, FlowLogConfig ours, Problems problems) {
        FlowLogConfig theirs = entry.config();
        if (theirs.name().equals(ours.name())) {
            entry.refuse(".name", theirs.name(), "is the name of the static exporter", problems);
        }
        boolean areFiles = !ours.isStdout() && !theirs.isStdout();
        if (areFiles && Objects.equals(EntryChecks.file(theirs.filePath()), EntryChecks.file(ours.filePath()))) {
            String reason = "is the file of " + ours.name() + ", the static exporter";
            entry.refuse(".filePath", theirs.filePath(), reason, problems);
        }
    }

    private void count(Operation operation, int times) {
        Objects.requireNonNull(counts.get(operation)).add(times);
    }

    private void tell(ReloadResult result) {
        if (result.changedAnything()) {
            tellListeners();
            LOG.log(
                    Level.INFO,
                    () -> "flow logs: added " + result.added() + ", changed " + result.changed() + ", removed "
                            + result.removed() + ", kept " + result.kept());
        }
        if (!result.problems().isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    () -> "flow logs " + result.failed() + " stay as they were; "
                            + new ConfigException(result.problems()).getMessage());
        }
    }

    @Nullable
    FlowLogStatus status(String flowLog) {
        Managed entry = reconciler.managed().get(flowLog);
        return entry == null ? null : FlowLogStatus.of(entry);
    }

    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void tellListeners() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a listener to changes of flow logs failed", e);
            }
        }
    }

    /** Not longer than the interval, and not past the end of an entry. */
    Duration untilNextLook(Duration interval) {
        Instant now = clock.instant();
        return reconciler.managed().values().stream()
                .map(entry -> entry.config().end())
                .filter(end -> end != null && end.isAfter(now))
                .map(end -> Duration.between(now, end).plusMillis(1))
                .filter(wait -> wait.compareTo(interval) < 0)
                .min(Duration::compareTo)
                .orElse(interval);
    }

    DynamicExporterStatus status(long closedEvents) {
        Applied last = applied;
        Map<Operation, Long> operations = new EnumMap<>(Operation.class);
        counts.forEach((operation, count) -> operations.put(operation, count.sum()));
        List<FlowLogStatus> flowLogs =
                reconciler.managed().values().stream().map(FlowLogStatus::of).toList();
        return new DynamicExporterStatus(
                flowLogs, operations, last.hash(), last.at(), last.refusal(), last.refusedAt(), closedEvents);
    }

    /** Waits for a reload that is under way, and ends every exporter; whether all that came to pass in time. */
    boolean close(Duration limit) {
        long began = System.nanoTime();
        boolean mine = lockWithin(limit);
        if (!mine) {
            abandoned = true;
            mine = lock.tryLock();
        }
        if (!mine) {
            return false;
        }
        try {
            closed = true;
            return reconciler.close(limit.minusNanos(System.nanoTime() - began));
        } finally {
            lock.unlock();
        }
    }

    /** Ends a reload, and everything, if nobody waits for it any more who would. */
    private void unlock() {
        try {
            if (abandoned && !closed) {
                closed = true;
                reconciler.close(Duration.ZERO);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Past interrupts, which stay set. */
    private boolean lockWithin(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return lock.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
