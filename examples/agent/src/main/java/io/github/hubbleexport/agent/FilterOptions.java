package io.github.hubbleexport.agent;

import io.github.hubbleexport.filter.FlowFilters;
import picocli.CommandLine.Option;

/** The two filter lists, under the names of the Cilium agent's flags. */
final class FilterOptions {

    @Option(
            names = "--hubble-export-allowlist",
            paramLabel = "FILTERS",
            description = "Export only events that one of these FlowFilters matches: JSON objects, a JSON array, or the"
                    + " YAML of 'hubble observe --print-raw-filters'.")
    private String allowList = "";

    @Option(
            names = "--hubble-export-denylist",
            paramLabel = "FILTERS",
            description = "Do not export events that one of these FlowFilters matches.")
    private String denyList = "";

    FilterOptions() {}

    FlowFilters compile() {
        return FlowFilters.parse(allowList, denyList);
    }
}
