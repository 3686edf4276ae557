package io.github.hubbleexport.filter;

import io.github.hubbleexport.wire.ScannedEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Selectors for the labels of an endpoint or a node, in the grammar of Kubernetes with Cilium's source prefixes. An
 * event of another kind, or without labels, is one whose list of labels is empty. Mirrors
 * {@code pkg/hubble/filters/labels.go}.
 */
final class Labels extends Clause {

    /** So few selectors are quicker without an index. */
    private static final int FEW = 4;

    private final int slot;
    private final List<LabelSelector> selectors;

    /** The selectors, looked up under one of the labels that each asks for where it asks for any. */
    private final EventTest[] tests;

    private Labels(int slot, List<LabelSelector> selectors) {
        this.slot = slot;
        this.selectors = selectors;
        this.tests = tests(slot, selectors).toArray(EventTest[]::new);
    }

    private static List<EventTest> tests(int slot, List<LabelSelector> selectors) {
        RarestKeys counts = new RarestKeys();
        selectors.forEach(selector -> counts.count(selector.shown()));
        Map<String, List<EventTest>> byLabel = new LinkedHashMap<>();
        List<EventTest> others = new ArrayList<>();
        for (LabelSelector selector : selectors) {
            List<String> best = selectors.size() > FEW ? counts.best(selector.shown()) : null;
            EventTest test = event -> selector.matches(event, slot);
            if (best == null) {
                others.add(test);
            } else {
                best.stream()
                        .distinct()
                        .forEach(label -> byLabel.computeIfAbsent(label, unseen -> new ArrayList<>())
                                .add(test));
            }
        }
        if (!byLabel.isEmpty()) {
            others.add(0, new LabelIndex(slot, byLabel));
        }
        return others;
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
        return Postings.passOne(tests, event);
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
