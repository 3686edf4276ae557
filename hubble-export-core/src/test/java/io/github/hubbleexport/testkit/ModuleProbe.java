package io.github.hubbleexport.testkit;

import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.observer.ExportEvent;

/** A program on the class path over core as a module; it prints which module, and whether a dropped flow passes. */
public final class ModuleProbe {

    private ModuleProbe() {}

    /** Takes an allow list. */
    public static void main(String[] arguments) {
        ExportEvent event = ExportEvent.newBuilder()
                .setFlow(Flow.newBuilder().setVerdict(Verdict.DROPPED))
                .build();
        System.out.println(FlowFilters.class.getModule().getName() + " "
                + FlowFilters.parse(arguments[0], "").matches(event));
    }
}
