package io.github.hubbleexport.config;

import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * What an entry may say but hardly means: filters that can never match, or make others needless, and paths that no event
 * has which the filters choose. What {@link EventShapes} cannot tell is not warned of.
 */
final class EntryWarnings {

    private static final FlowFilter EVERYTHING = FlowFilter.getDefaultInstance();

    private final FlowLogConfig config;
    private final List<String> warnings = new ArrayList<>();

    private EntryWarnings(FlowLogConfig config) {
        this.config = config;
    }

    static List<String> of(CompiledEntry entry) {
        EntryWarnings all = new EntryWarnings(entry.config());
        all.findNeverMatching(EntryReader.INCLUDE_FILTERS, entry.config().includeFilters());
        all.findNeverMatching(EntryReader.EXCLUDE_FILTERS, entry.config().excludeFilters());
        all.findUseless();
        all.findNeverSet();
        return all.warnings;
    }

    private void findNeverMatching(String key, List<FlowFilter> filters) {
        for (int i = 0; i < filters.size(); i++) {
            if (EventShapes.of(filters.get(i)).isEmpty()) {
                warnings.add(
                        key + "[" + i + "] can never match: no event has all the protocols and types that it asks for");
            }
        }
    }

    private void findUseless() {
        List<FlowFilter> includes = config.includeFilters();
        List<FlowFilter> excludes = config.excludeFilters();
        if (excludes.contains(EVERYTHING)) {
            warnings.add("nothing is exported: " + EntryReader.EXCLUDE_FILTERS + "[" + excludes.indexOf(EVERYTHING)
                    + "] matches every event");
        }
        if (includes.size() > 1 && includes.contains(EVERYTHING)) {
            warnings.add(EntryReader.INCLUDE_FILTERS + "[" + includes.indexOf(EVERYTHING)
                    + "] matches every event, so the other filters of the list do nothing");
        }
        for (int i = 0; i < includes.size(); i++) {
            if (isExcluded(includes.get(i), excludes)) {
                warnings.add(EntryReader.INCLUDE_FILTERS + "[" + i + "] does nothing: the same filter excludes");
            }
        }
    }

    private static boolean isExcluded(FlowFilter filter, List<FlowFilter> excludes) {
        return excludes.stream().anyMatch(exclude -> FlowFilters.areEqual(List.of(filter), List.of(exclude)));
    }

    private void findNeverSet() {
        EventShapes chosen = EventShapes.ofAny(config.includeFilters());
        for (int i = 0; i < config.fieldMask().size(); i++) {
            String path = config.fieldMask().get(i);
            if (!chosen.isEmpty() && !chosen.canHave(path)) {
                warnings.add(EntryReader.FIELD_MASK + "[" + i + "] is never set: no event that the filters choose has "
                        + path);
            }
        }
    }
}
