package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.List;
import java.util.stream.Collectors;

/** A selector: all of its requirements have to hold; without any it selects everything. Immutable. */
final class LabelSelector {

    private final List<LabelRequirement> requirements;

    LabelSelector(List<LabelRequirement> requirements) {
        this.requirements = List.copyOf(requirements);
    }

    boolean matches(ScannedEvent event, int labels) {
        for (int i = 0; i < requirements.size(); i++) {
            if (!requirements.get(i).matches(event, labels)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return requirements.stream().map(LabelRequirement::toString).collect(Collectors.joining(","));
    }
}
