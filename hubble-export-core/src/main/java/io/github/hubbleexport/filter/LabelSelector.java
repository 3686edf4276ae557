package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A selector: all of its requirements have to hold; without any it selects everything. Immutable. */
final class LabelSelector {

    private final List<LabelRequirement> requirements;

    /** Requirements of one key and one operator become one, where that is possible: a label is looked for once. */
    LabelSelector(List<LabelRequirement> requirements) {
        Map<String, List<LabelRequirement>> alike = new LinkedHashMap<>();
        for (LabelRequirement requirement : requirements) {
            alike.computeIfAbsent(requirement.kind(), unseen -> new ArrayList<>())
                    .add(requirement);
        }
        this.requirements = alike.values().stream()
                .map(LabelRequirement::allOf)
                .flatMap(List::stream)
                .toList();
    }

    /** How many labels are looked for, at most. */
    int size() {
        return requirements.size();
    }

    /** For each requirement that has them, the texts of which one label shows one. */
    List<List<String>> shown() {
        List<List<String>> shown = new ArrayList<>();
        for (LabelRequirement requirement : requirements) {
            List<String> texts = requirement.shown();
            if (texts != null) {
                shown.add(texts);
            }
        }
        return shown;
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
