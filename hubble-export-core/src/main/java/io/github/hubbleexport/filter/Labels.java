package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Selectors for the labels of an endpoint or a node, in the grammar of Kubernetes with Cilium's source prefixes. An
 * event of another kind, or without labels, is one whose list of labels is empty. Mirrors
 * {@code pkg/hubble/filters/labels.go}.
 */
final class Labels extends Clause {

    private final int slot;
    private final List<LabelSelector> selectors;

    private Labels(int slot, List<LabelSelector> selectors) {
        this.slot = slot;
        this.selectors = selectors;
    }

    static Clause compile(FieldScope scope, String path) {
        List<String> values = scope.texts();
        List<LabelSelector> selectors = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            try {
                selectors.add(LabelSelectorParser.parse(values.get(i)));
            } catch (SelectorException e) {
                scope.refuse(i, values.get(i), e.reason());
            }
        }
        return new Labels(Slots.of(path), List.copyOf(selectors));
    }

    @Override
    boolean test(ScannedEvent event) {
        for (int i = 0; i < selectors.size(); i++) {
            if (selectors.get(i).matches(event, slot)) {
                return true;
            }
        }
        return false;
    }

    @Override
    void wants(BitSet slots) {
        slots.set(slot);
    }

    @Override
    Cost cost() {
        return Cost.LABELS;
    }

    @Override
    public String toString() {
        return Slots.name(slot) + " selected by " + selectors;
    }
}
