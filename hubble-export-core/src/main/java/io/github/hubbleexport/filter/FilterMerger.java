package io.github.hubbleexport.filter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes fewer filters of a list that select the same events: filters that differ in the values of one field become one
 * with all these values, for one value of a field is enough. Differences in two fields stay, because a filter with both
 * unions would select more.
 */
final class FilterMerger {

    /** A union may make a filter equal to others in all fields but an earlier one; rarely more than once. */
    private static final int ROUNDS = 4;

    private FilterMerger() {}

    /** The same filter with the values of each field in one order, and each only once. */
    static FlowFilter sorted(FlowFilter filter) {
        boolean isSorted = filter.getAllFields().entrySet().stream()
                .allMatch(field -> field.getKey().isRepeated() && ((List<?>) field.getValue()).size() == 1);
        return isSorted ? filter : FilterText.sorted(filter);
    }

    /** Filters of which one matches an event exactly if one of the list, all of them sorted, does. */
    static List<FlowFilter> merge(List<FlowFilter> filters) {
        List<FlowFilter> merged = distinct(filters);
        if (merged.contains(FlowFilter.getDefaultInstance())) {
            // It matches every event.
            return List.of(FlowFilter.getDefaultInstance());
        }
        int before = Integer.MAX_VALUE;
        for (int round = 0; round < ROUNDS && merged.size() < before; round++) {
            before = merged.size();
            for (FieldDescriptor field : FlowFilter.getDescriptor().getFields()) {
                merged = field.isRepeated() && merged.size() > 1 ? mergeBy(field, merged) : merged;
            }
        }
        return merged;
    }

    private static List<FlowFilter> distinct(List<FlowFilter> filters) {
        Map<String, FlowFilter> distinct = new LinkedHashMap<>();
        for (FlowFilter filter : filters) {
            distinct.put(key(filter), filter);
        }
        return List.copyOf(distinct.values());
    }

    /** Unites filters that are equal but for one field, which all of them have. */
    private static List<FlowFilter> mergeBy(FieldDescriptor field, List<FlowFilter> filters) {
        List<FlowFilter> result = new ArrayList<>();
        Map<String, List<FlowFilter>> groups = new LinkedHashMap<>();
        for (FlowFilter filter : filters) {
            if (filter.getRepeatedFieldCount(field) == 0) {
                result.add(filter);
            } else {
                String others = key(filter.toBuilder().clearField(field).build());
                groups.computeIfAbsent(others, unseen -> new ArrayList<>()).add(filter);
            }
        }
        groups.values().forEach(group -> result.add(group.size() == 1 ? group.get(0) : united(field, group)));
        return result;
    }

    private static FlowFilter united(FieldDescriptor field, Collection<FlowFilter> group) {
        List<Object> values = new ArrayList<>();
        group.forEach(filter -> values.addAll((Collection<?>) filter.getField(field)));
        FlowFilter.Builder united = group.iterator().next().toBuilder();
        return FilterText.sorted(united.setField(field, values).build());
    }

    /**
     * What tells sorted filters apart. A text, for a map keeps its buckets of texts sorted: no choice of filters makes
     * grouping slow.
     */
    static String key(FlowFilter filter) {
        return new String(filter.toByteArray(), ISO_8859_1);
    }
}
