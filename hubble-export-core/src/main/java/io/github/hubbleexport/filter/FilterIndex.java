package io.github.hubbleexport.filter;

import io.github.hubbleexport.proto.flow.FlowFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Arranges filters that cannot be merged so that an event meets few of them: each is looked up under the values of one
 * of its fields, that whose values the fewest others share, and only then runs as a whole. Filters without such a field
 * run one after the other.
 */
final class FilterIndex {

    /** So few filters of a field are quicker without an index. */
    private static final int FEW = 4;

    private final List<FilterProgram> programs;
    private final Map<IndexedField, RarestKeys> counts = new LinkedHashMap<>();
    private final Map<IndexedField, Map<String, List<EventTest>>> testsByKey = new LinkedHashMap<>();
    private final List<FilterProgram> others = new ArrayList<>();

    private FilterIndex(List<FilterProgram> programs) {
        this.programs = programs;
    }

    /** Tests of which an event passes one exactly if it passes one of the programs, cheap ones first. */
    static List<EventTest> arrange(List<FilterProgram> programs) {
        FilterIndex index = new FilterIndex(programs);
        if (programs.size() > FEW) {
            index.countKeys();
            programs.forEach(index::place);
        } else {
            index.others.addAll(programs);
        }
        return index.tests();
    }

    private void countKeys() {
        for (IndexedField field : IndexedField.all()) {
            RarestKeys ofField = new RarestKeys();
            for (FilterProgram program : programs) {
                ofField.count(field.keysOf(program.filter()).stream()
                        .flatMap(List::stream)
                        .toList());
            }
            counts.put(field, ofField);
        }
    }

    private void place(FilterProgram program) {
        IndexedField best = null;
        Set<String> keys = Set.of();
        int fewest = Integer.MAX_VALUE;
        for (Map.Entry<IndexedField, RarestKeys> field : counts.entrySet()) {
            Set<String> ofField = keys(field.getKey(), field.getValue(), program.filter());
            int most = ofField.isEmpty() ? Integer.MAX_VALUE : field.getValue().most(ofField);
            if (most < fewest) {
                best = field.getKey();
                keys = ofField;
                fewest = most;
            }
        }
        if (best == null) {
            others.add(program);
        } else {
            put(best, keys, program);
        }
    }

    private void put(IndexedField field, Collection<String> keys, EventTest program) {
        Map<String, List<EventTest>> tests = testsByKey.computeIfAbsent(field, unseen -> new LinkedHashMap<>());
        keys.forEach(
                key -> tests.computeIfAbsent(key, unseen -> new ArrayList<>()).add(program));
    }

    /** Keys of which every event that the field selects shows one; empty if there are none. */
    private static Set<String> keys(IndexedField field, RarestKeys counts, FlowFilter filter) {
        Set<String> keys = new HashSet<>();
        for (List<List<String>> alternatives : field.keysOf(filter)) {
            List<String> best = counts.best(alternatives);
            if (best == null) {
                return Set.of();
            }
            keys.addAll(best);
        }
        return keys;
    }

    private List<EventTest> tests() {
        Stream<EventTest> indexes = testsByKey.entrySet().stream()
                .map(entry -> entry.getKey().index().apply(entry.getValue()));
        return Stream.concat(indexes, others.stream().sorted(Comparator.comparing(FilterProgram::cost)))
                .toList();
    }
}
