package io.github.hubbleexport.config;

import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.stats.ExporterCounters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an entry between two reloads. Immutable.
 *
 * @param config what is in force; of an entry that could never be built, what the file says
 * @param running its exporter; null: it has ended, or could never be built
 * @param earlier what the exporters counted that it had before
 * @param problems why what the file says is not in force; empty: it is
 */
record Managed(FlowLogConfig config, @Nullable Running running, ExporterCounters earlier, List<Problem> problems) {

    boolean isFailing() {
        return !problems.isEmpty();
    }

    /** Whether it was never more than a failure. */
    boolean neverWas() {
        return isFailing() && running == null;
    }

    /** Whether an entry of the file is in force already. */
    boolean isInForce(FlowLogConfig wanted, boolean active) {
        return !isFailing() && config.equals(wanted) && (running != null) == active;
    }

    Managed failing(List<Problem> found) {
        return new Managed(config, running, earlier, found);
    }
}
