package io.github.hubbleexport.config;

import io.github.hubbleexport.ExporterStatus;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.stats.ExporterCounters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an entry is doing. An immutable snapshot.
 *
 * @param config what is in force; of an entry that could never be built, what the file says
 * @param state whether it exports events
 * @param counters what became of its events since the entry is there, through all changes of it
 * @param problems why what the file says is not in force; empty: it is
 * @param exporter how the exporter is doing that works for the entry now, with counters of its own; null: there is none
 */
public record FlowLogStatus(
        FlowLogConfig config,
        State state,
        ExporterCounters counters,
        List<Problem> problems,
        @Nullable ExporterStatus exporter) {

    /** Whether an entry exports events. */
    public enum State {
        /** It does; where there are problems, as the file said before. */
        ACTIVE,
        /** Its end has come. */
        INACTIVE,
        /** It could not be built. */
        FAILED
    }

    static FlowLogStatus of(Managed entry) {
        Running running = entry.running();
        if (running == null) {
            State ended = entry.isFailing() ? State.FAILED : State.INACTIVE;
            return new FlowLogStatus(entry.config(), ended, entry.earlier(), entry.problems(), null);
        }
        ExporterStatus exporter = running.exporter().status();
        ExporterCounters counters = CounterSums.sum(entry.earlier(), exporter.counters());
        return new FlowLogStatus(entry.config(), State.ACTIVE, counters, entry.problems(), exporter);
    }

    /** What the entry is called. */
    public String name() {
        return config.name();
    }

    /** Whether it exports events. */
    public boolean isActive() {
        return state == State.ACTIVE;
    }
}
