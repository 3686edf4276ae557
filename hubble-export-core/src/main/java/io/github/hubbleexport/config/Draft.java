package io.github.hubbleexport.config;

import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.problem.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One reload before it comes into force: which entries stay, which begin, which fail. Builds what is to begin, and closes
 * it again if it fails after all; touches nothing that runs. For one thread.
 */
final class Draft {

    /** An entry that is to begin, or to begin anew. */
    static final class Candidate {

        final Entry entry;
        final CompiledEntry compiled;
        final @Nullable Path file;

        /** The exporter at work whose file it takes over. */
        @Nullable
        Running predecessor;

        @Nullable
        Running started;

        Candidate(Entry entry, CompiledEntry compiled) {
            this.entry = entry;
            this.compiled = compiled;
            this.file = entry.config().isStdout()
                    ? null
                    : EntryChecks.file(entry.config().filePath());
        }

        String name() {
            return entry.config().name();
        }
    }

    private final Map<String, Managed> before;
    private final EntryExporters exporters;
    private final Clock clock;

    final Set<String> wanted = new LinkedHashSet<>();
    final List<String> kept = new ArrayList<>();
    final Map<String, FlowLogConfig> inactive = new LinkedHashMap<>();
    final Map<String, Candidate> candidates = new LinkedHashMap<>();
    final Map<String, List<Problem>> failures = new LinkedHashMap<>();

    /** What entries that failed without ever having been in force would have been. */
    final Map<String, FlowLogConfig> stillborn = new LinkedHashMap<>();

    Draft(Map<String, Managed> before, EntryExporters exporters, Clock clock) {
        this.before = before;
        this.exporters = exporters;
        // One moment for the whole draft: an entry that ends meanwhile ends with the next one.
        this.clock = Clock.fixed(clock.instant(), ZoneOffset.UTC);
    }

    /** Decides what is to become of each entry, and looks for conflicts; builds nothing. */
    void decide(List<Entry> entries) {
        entries.forEach(this::sort);
        while (refuseConflicts()) {
            // One that fails keeps its file, which another one may have counted on.
        }
    }

    private void sort(Entry entry) {
        FlowLogConfig config = entry.config();
        wanted.add(config.name());
        boolean active = config.isActive(clock);
        Managed old = before.get(config.name());
        if (old != null && old.isInForce(config, active)) {
            kept.add(config.name());
            return;
        }
        Problems problems = new Problems();
        CompiledEntry compiled = CompiledEntry.compile(entry, problems);
        if (compiled == null) {
            fail(config, problems.list());
        } else if (active) {
            candidates.put(config.name(), new Candidate(entry, compiled));
        } else {
            inactive.put(config.name(), config);
        }
    }

    private void fail(FlowLogConfig config, List<Problem> problems) {
        failures.put(config.name(), problems);
        stillborn.put(config.name(), config);
    }

    /** Whether one was found. */
    private boolean refuseConflicts() {
        for (Candidate candidate : List.copyOf(candidates.values())) {
            Running holder = holder(candidate.file);
            if (holder != null && staysAsItIs(holder)) {
                Problems problems = new Problems();
                String reason = "is the file of flow log " + holder.config().name() + ", which goes on as it was";
                candidate.entry.refuse(".filePath", candidate.entry.config().filePath(), reason, problems);
                fail(candidate, problems.list());
                return true;
            }
            candidate.predecessor = holder;
        }
        return false;
    }

    private @Nullable Running holder(@Nullable Path file) {
        return running()
                .filter(running -> file != null && file.equals(running.file()))
                .findFirst()
                .orElse(null);
    }

    private Stream<Running> running() {
        return before.values().stream()
                .map(Managed::running)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    /** Whether an exporter that runs is not to be ended by this reload. */
    boolean staysAsItIs(Running running) {
        String name = running.config().name();
        boolean isReplaced = candidates.containsKey(name) || inactive.containsKey(name);
        return wanted.contains(name) && !isReplaced && running.config().isActive(clock);
    }

    /** The exporters that this reload ends. */
    List<Running> ending() {
        return running().filter(running -> !staysAsItIs(running)).toList();
    }

    /** The names of entries that were in force and are no longer wanted. */
    List<String> removed() {
        return before.values().stream()
                .filter(old -> !wanted.contains(old.config().name()) && !old.neverWas())
                .map(old -> old.config().name())
                .toList();
    }

    /** Builds what is to begin. What fails leaves its predecessor as it is, and what counted on that one fails too. */
    void start() {
        boolean again = true;
        while (again) {
            again = refuseConflicts();
            for (Candidate candidate : List.copyOf(candidates.values())) {
                if (candidate.started == null && candidates.containsKey(candidate.name())) {
                    again |= !start(candidate);
                }
            }
        }
    }

    private boolean start(Candidate candidate) {
        Problems problems = new Problems();
        try {
            candidate.started = exporters.start(candidate.compiled, candidate.file, candidate.predecessor == null);
            return true;
        } catch (ConfigException e) {
            e.problems()
                    .forEach(problem ->
                            candidate.entry.refuse("." + problem.path(), problem.value(), problem.reason(), problems));
        } catch (IOException | RuntimeException e) {
            String path = candidate.entry.config().filePath();
            candidate.entry.refuse(".filePath", path, "cannot be opened: " + e, problems);
        }
        fail(candidate, problems.list());
        return false;
    }

    private void fail(Candidate candidate, List<Problem> problems) {
        candidates.remove(candidate.name());
        fail(candidate.entry.config(), problems);
        if (candidate.started != null) {
            candidate.started.exporter().close();
        }
    }

    /** All candidates that could be built, in the order of the file. */
    Collection<Candidate> started() {
        return candidates.values();
    }

    List<Problem> problems() {
        return failures.values().stream().flatMap(List::stream).toList();
    }
}
