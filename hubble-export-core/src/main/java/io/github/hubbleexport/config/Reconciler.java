package io.github.hubbleexport.config;

import io.github.hubbleexport.ExporterGroup;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.config.Draft.Candidate;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.stats.ExporterCounters;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings what runs in line with what a file says: builds the new exporters, puts them in the place of the old ones in one
 * step, waits until the last event has left the old ones, and closes them. An exporter that follows another one on the
 * same file begins with its lines in its batch, and gets the file when the other one has ended.
 *
 * <p>One reload at a time; {@link #managed} may be read by any thread.
 */
final class Reconciler {

    private static final Logger LOG = System.getLogger(DynamicExporter.class.getName());

    private final ExporterGroup group;
    private final EntryExporters exporters;
    private final Clock clock;
    private final Duration drainTimeout;
    private volatile Map<String, Managed> managed = Map.of();

    Reconciler(ExporterGroup group, EntryExporters exporters, Clock clock, Duration drainTimeout) {
        this.group = group;
        this.exporters = exporters;
        this.clock = clock;
        this.drainTimeout = drainTimeout;
    }

    /** The entries by name, in the order of the file. */
    Map<String, Managed> managed() {
        return managed;
    }

    /** What a reload would do, as far as that can be told without building anything. */
    Draft draft(List<Entry> entries) {
        Draft draft = new Draft(managed, exporters, clock);
        draft.decide(entries);
        return draft;
    }

    /** Whether an entry has ended or resumed since, or may succeed where it failed before. */
    boolean isBehind() {
        return managed.values().stream()
                .anyMatch(entry -> entry.isFailing()
                        || (entry.running() != null) != entry.config().isActive(clock));
    }

    ReloadResult apply(List<Entry> entries) {
        Map<String, Managed> before = managed;
        Draft draft = draft(entries);
        draft.start();
        List<Running> ending = draft.ending();
        if (!ending.isEmpty() || !draft.started().isEmpty()) {
            swap(draft);
            end(ending, draft);
        }
        managed = after(before, draft);
        return result(before, draft);
    }

    /**
     * Ends every exporter, all of them at the same time: one that hangs does not take the time of the others. What the
     * entries have counted stays to be read.
     *
     * @return whether everything that waited was offered to the sinks, and they were closed
     */
    boolean close(Duration limit) {
        long began = System.nanoTime();
        boolean left = replace(List.of(), limit.dividedBy(2));
        Duration rest = limit.minusNanos(System.nanoTime() - began);
        List<Closing> closings = managed.values().stream()
                .map(Managed::running)
                .filter(Objects::nonNull)
                .map(running -> Closing.start(running, rest))
                .toList();
        boolean inTime = left;
        for (Closing closing : closings) {
            inTime &= closing.await();
        }
        return inTime;
    }

    private void swap(Draft draft) {
        List<FlowExporter> next = new ArrayList<>();
        for (String name : draft.wanted) {
            Running running = runningAfter(name, draft);
            if (running != null) {
                next.add(running.exporter());
            }
        }
        boolean unused = replace(next, drainTimeout);
    }

    private boolean replace(List<FlowExporter> next, Duration limit) {
        boolean left = group.replace(next, limit);
        if (!left) {
            LOG.log(Level.WARNING, "events are still on their way to flow logs that are being closed");
        }
        return left;
    }

    private @Nullable Running runningAfter(String name, Draft draft) {
        Candidate candidate = draft.candidates.get(name);
        if (candidate != null) {
            return candidate.started;
        }
        Managed old = managed.get(name);
        Running running = old == null ? null : old.running();
        return running != null && draft.staysAsItIs(running) ? running : null;
    }

    private void end(List<Running> ending, Draft draft) {
        Map<Running, Candidate> successors = new HashMap<>();
        draft.started().stream()
                .filter(candidate -> candidate.predecessor != null)
                .forEach(candidate -> successors.put(Objects.requireNonNull(candidate.predecessor), candidate));
        for (Running old : ending) {
            Candidate successor = successors.get(old);
            if (successor == null) {
                boolean unused = old.close(drainTimeout);
            } else {
                passOn(old, Objects.requireNonNull(successor.started));
            }
        }
    }

    /** Whatever happens, nobody is left waiting. */
    private void passOn(Running old, Running successor) {
        boolean sameSink = old.config().hasSameSink(successor.config());
        if (sameSink) {
            old.sink().handOver();
        }
        if (!old.close(drainTimeout)) {
            keep(old);
            successor.sink().openLater();
        } else if (sameSink) {
            successor.sink().follow(old.sink());
        } else {
            open(successor);
        }
    }

    private static void keep(Running old) {
        try {
            old.sink().keep();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, old.config().name() + ": the file could not be closed", e);
        }
    }

    private static void open(Running successor) {
        try {
            successor.sink().open();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, successor.config().name() + ": the file cannot be opened, and is tried again", e);
        }
    }

    private static Map<String, Managed> after(Map<String, Managed> before, Draft draft) {
        Map<String, Managed> after = new LinkedHashMap<>();
        for (String name : draft.wanted) {
            after.put(name, after(name, before.get(name), draft));
        }
        return Collections.unmodifiableMap(after);
    }

    private static Managed after(String name, @Nullable Managed old, Draft draft) {
        List<Problem> problems = draft.failures.get(name);
        if (problems != null) {
            FlowLogConfig never = Objects.requireNonNull(draft.stillborn.get(name));
            Running running = old == null ? null : old.running();
            return old != null && running != null && draft.staysAsItIs(running)
                    ? old.failing(problems)
                    : new Managed(never, null, counted(old), problems);
        }
        Candidate candidate = draft.candidates.get(name);
        FlowLogConfig inactive = draft.inactive.get(name);
        if (candidate != null) {
            return new Managed(candidate.entry.config(), candidate.started, counted(old), List.of());
        }
        return inactive != null
                ? new Managed(inactive, null, counted(old), List.of())
                : Objects.requireNonNull(old, "an entry that is kept");
    }

    /** What an entry has counted so far, its exporter, which has ended, included. */
    private static ExporterCounters counted(@Nullable Managed old) {
        if (old == null) {
            return CounterSums.NONE;
        }
        return old.running() == null
                ? old.earlier()
                : CounterSums.sum(old.earlier(), old.running().exporter().counters());
    }

    private ReloadResult result(Map<String, Managed> before, Draft draft) {
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (String name : draft.wanted) {
            if (draft.candidates.containsKey(name) || draft.inactive.containsKey(name)) {
                Managed old = before.get(name);
                (old == null || old.neverWas() ? added : changed).add(name);
            }
        }
        List<String> failed = List.copyOf(draft.failures.keySet());
        ReloadResult.Outcome outcome =
                failed.isEmpty() ? ReloadResult.Outcome.APPLIED : ReloadResult.Outcome.APPLIED_IN_PART;
        return new ReloadResult(outcome, added, changed, draft.removed(), draft.kept, failed, draft.problems());
    }
}
