package io.github.hubbleexport.agent;

import io.github.hubbleexport.mask.FlowMask;
import picocli.CommandLine.Option;

/** The field mask, under the name of the Cilium agent's flag. */
final class MaskOptions {

    @Option(
            names = "--hubble-export-fieldmask",
            paramLabel = "PATHS",
            description = "Export only these fields of a flow, separated by spaces or commas, for example"
                    + " 'time,source.pod_name'.")
    private String fieldMask = "";

    MaskOptions() {}

    FlowMask compile() {
        return FlowMask.parse(fieldMask);
    }
}
