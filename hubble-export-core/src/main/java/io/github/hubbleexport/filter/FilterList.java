package io.github.hubbleexport.filter;

import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A list of filters, compiled: one of them has to pass. Immutable. */
final class FilterList {

    /** The name of the list of which an event has to pass one filter, if there is any. */
    static final String ALLOW = "allowlist";

    /** The name of the list of which an event must not pass any filter. */
    static final String DENY = "denylist";

    private final FilterProgram[] programs;

    private FilterList(List<FilterProgram> programs) {
        this.programs = programs.toArray(FilterProgram[]::new);
    }

    /**
     * Compiles a list.
     *
     * @param name what it is called in problems
     * @param problems takes what is wrong with any filter
     */
    static FilterList compile(String name, List<FlowFilter> filters, Problems problems) {
        List<FilterProgram> programs = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            programs.add(FilterCompiler.compile(filters.get(i), name + "[" + i + "]", problems));
        }
        return new FilterList(programs);
    }

    boolean isEmpty() {
        return programs.length == 0;
    }

    boolean anyPasses(ScannedEvent event) {
        for (FilterProgram program : programs) {
            if (program.test(event)) {
                return true;
            }
        }
        return false;
    }

    void wants(BitSet slots) {
        for (FilterProgram program : programs) {
            program.wants(slots);
        }
    }

    List<FlowFilter> filters() {
        return List.of(programs).stream().map(FilterProgram::filter).toList();
    }

    /** The filters, in a form in which neither order nor repetition counts. */
    Set<FlowFilter> asSet() {
        return filters().stream().map(FilterText::sorted).collect(Collectors.toUnmodifiableSet());
    }
}
