package io.github.hubbleexport.filter;

import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A list of filters, compiled together: one of them has to pass. What runs is not the filters one after the other but
 * what {@link FilterMerger} and {@link FilterIndex} make of them. Immutable.
 */
final class FilterList {

    /** The name of the list of which an event has to pass one filter, if there is any. */
    static final String ALLOW = "allowlist";

    /** The name of the list of which an event must not pass any filter. */
    static final String DENY = "denylist";

    private final List<FlowFilter> filters;
    private final EventTest[] tests;
    private final BitSet wanted = new BitSet();

    private FilterList(List<FlowFilter> filters, List<FilterProgram> programs) {
        this.filters = List.copyOf(filters);
        this.tests = FilterIndex.arrange(programs).toArray(EventTest[]::new);
        programs.forEach(program -> program.wants(wanted));
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
        return new FilterList(filters, problems.isEmpty() ? merged(name, filters, programs) : List.of());
    }

    /** What was compiled for problems also runs, unless it was merged with something. */
    private static List<FilterProgram> merged(String name, List<FlowFilter> filters, List<FilterProgram> programs) {
        if (filters.size() < 2) {
            return programs;
        }
        List<FlowFilter> sorted = filters.stream().map(FilterMerger::sorted).toList();
        Map<String, FilterProgram> compiled = new HashMap<>();
        for (int i = 0; i < sorted.size(); i++) {
            compiled.put(FilterMerger.key(sorted.get(i)), programs.get(i));
        }
        Problems none = new Problems();
        List<FilterProgram> merged = new ArrayList<>();
        for (FlowFilter filter : FilterMerger.merge(sorted)) {
            FilterProgram known = compiled.get(FilterMerger.key(filter));
            merged.add(known == null ? FilterCompiler.compile(filter, name, none) : known);
        }
        none.throwIfAny();
        return merged;
    }

    boolean isEmpty() {
        return filters.isEmpty();
    }

    /** How many tests an event may have to go through, whatever the number of filters. */
    int tests() {
        return tests.length;
    }

    boolean anyPasses(ScannedEvent event) {
        return Postings.passOne(tests, event);
    }

    void wants(BitSet slots) {
        slots.or(wanted);
    }

    /** The filters as they were given. */
    List<FlowFilter> filters() {
        return filters;
    }

    /** The filters, in a form in which neither order nor repetition counts. */
    Set<FlowFilter> asSet() {
        return asSet(filters);
    }

    static Set<FlowFilter> asSet(List<FlowFilter> filters) {
        return filters.stream().map(FilterText::sorted).collect(Collectors.toUnmodifiableSet());
    }
}
