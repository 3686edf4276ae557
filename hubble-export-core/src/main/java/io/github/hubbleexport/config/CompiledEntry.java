package io.github.hubbleexport.config;

import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry whose filters and mask are compiled: what can go wrong with its text has not. Immutable. */
record CompiledEntry(FlowLogConfig config, FlowFilters filters, FlowMask mask) {

    private static final String NO_AGGREGATION =
            "this version does not merge flows; leave the key out to export each flow on its own";

    /**
     * Compiles an entry.
     *
     * @param problems takes what is wrong, in the words of the file
     * @return the compiled entry; null if there is a problem
     */
    static @Nullable CompiledEntry compile(Entry entry, Problems problems) {
        FlowLogConfig config = entry.config();
        int before = problems.list().size();
        FlowFilters filters = filters(entry, problems);
        FlowMask mask = mask(entry, EntryReader.FIELD_MASK, config.fieldMask(), problems);
        FlowMask aggregate = mask(entry, EntryReader.FIELD_AGGREGATE, config.fieldAggregate(), problems);
        if (aggregate != null && !config.fieldAggregate().isEmpty()) {
            String value = String.join(", ", config.fieldAggregate());
            entry.refuse("." + EntryReader.FIELD_AGGREGATE, value, NO_AGGREGATION, problems);
        }
        boolean isRight = problems.list().size() == before;
        return isRight && filters != null && mask != null ? new CompiledEntry(config, filters, mask) : null;
    }

    private static @Nullable FlowFilters filters(Entry entry, Problems problems) {
        FlowLogConfig config = entry.config();
        try {
            return FlowFilters.of(config.includeFilters(), config.excludeFilters());
        } catch (ConfigException e) {
            e.problems().forEach(problem -> {
                boolean allows = problem.path().startsWith("allowlist");
                String key = allows ? EntryReader.INCLUDE_FILTERS : EntryReader.EXCLUDE_FILTERS;
                entry.adopt(problem, allows ? "allowlist" : "denylist", key, problems);
            });
            return null;
        }
    }

    private static @Nullable FlowMask mask(Entry entry, String key, List<String> paths, Problems problems) {
        try {
            return FlowMask.of(paths);
        } catch (ConfigException e) {
            e.problems().forEach(problem -> entry.adopt(problem, "fieldmask", key, problems));
            return null;
        }
    }
}
