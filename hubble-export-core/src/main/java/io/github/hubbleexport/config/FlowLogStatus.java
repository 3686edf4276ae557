package io.github.hubbleexport.config;

import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.stats.ExporterCounters;
import java.util.List;

/**
 * How an entry is doing. An immutable snapshot.
 *
 * @param config what is in force; of an entry that could never be built, what the file says
 * @param state whether it exports events
 * @param counters what became of its events since the entry is there, through all changes of it
 * @param problems why what the file says is not in force; empty: it is
 */
public record FlowLogStatus(FlowLogConfig config, State state, ExporterCounters counters, List<Problem> problems) {

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
        ExporterCounters counters = running == null
                ? entry.earlier()
                : CounterSums.sum(entry.earlier(), running.exporter().counters());
        State ended = entry.isFailing() ? State.FAILED : State.INACTIVE;
        return new FlowLogStatus(entry.config(), running == null ? ended : State.ACTIVE, counters, entry.problems());
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
