package io.github.hubbleexport.agent;

import io.github.hubbleexport.ExporterStatus;
import io.github.hubbleexport.agent.serve.Page;
import io.github.hubbleexport.config.DynamicExporterStatus;
import io.github.hubbleexport.config.FlowLogStatus;
import io.github.hubbleexport.stats.ExporterState;
import io.github.hubbleexport.stats.LastError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether everything is as it was asked for: the flowlogs file as it is now is in force, each entry of it too, and no
 * exporter is degraded. What events were lost before does not count, and neither does an entry whose end has come.
 */
final class HealthReport {

    private HealthReport() {}

    /** What is not as it should be, one thing a line; empty: all is well. */
    static List<String> reasons(DynamicExporterStatus status) {
        List<String> reasons = new ArrayList<>();
        status.refusal().forEach(problem -> reasons.add("the flowlogs file is not in force: " + problem));
        for (FlowLogStatus entry : status.flowLogs()) {
            entry.problems().forEach(problem -> reasons.add(entry.name() + " is not in force: " + problem));
            ExporterStatus exporter = entry.exporter();
            if (exporter != null && exporter.state() != ExporterState.HEALTHY) {
                reasons.add(entry.name() + " is " + exporter.state().name().toLowerCase(Locale.ROOT) + cause(exporter));
            }
        }
        return reasons;
    }

    private static String cause(ExporterStatus exporter) {
        String since = exporter.health()
                .degradedSince()
                .map(moment -> " since " + moment)
                .orElse("");
        return since
                + exporter.health()
                        .lastError()
                        .map(LastError::what)
                        .map(what -> ": " + what)
                        .orElse("");
    }

    /** The page of these reasons. */
    static Page page(List<String> reasons) {
        return reasons.isEmpty()
                ? new Page(Page.OK, Page.PLAIN, "ok\n")
                : new Page(Page.UNAVAILABLE, Page.PLAIN, String.join("\n", reasons) + "\n");
    }
}
