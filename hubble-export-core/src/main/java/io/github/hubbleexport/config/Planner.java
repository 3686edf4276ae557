package io.github.hubbleexport.config;

import io.github.hubbleexport.config.Plan.Action;
import io.github.hubbleexport.config.Plan.Step;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what a draft would do. */
final class Planner {

    private final Map<String, Managed> before;
    private final Draft draft;

    Planner(Map<String, Managed> before, Draft draft) {
        this.before = before;
        this.draft = draft;
    }

    Plan plan(List<Entry> entries) {
        List<Problem> problems = new ArrayList<>(draft.problems());
        List<Step> steps = new ArrayList<>();
        for (Entry entry : entries) {
            steps.add(step(entry));
        }
        draft.removed().forEach(name -> steps.add(new Step(name, Action.REMOVE, "", List.of())));
        return new Plan(steps, problems);
    }

    private Step step(Entry entry) {
        CompiledEntry compiled = CompiledEntry.compile(entry, new Problems());
        return compiled == null
                ? new Step(entry.config().name(), Action.FAIL, "", List.of())
                : new Step(
                        entry.config().name(),
                        action(entry.config().name()),
                        text(compiled),
                        EntryWarnings.of(compiled));
    }

    private Action action(String name) {
        if (draft.failures.containsKey(name)) {
            return Action.FAIL;
        }
        if (draft.kept.contains(name)) {
            return Action.KEEP;
        }
        @Nullable Managed old = before.get(name);
        return old == null || old.neverWas() ? Action.ADD : Action.CHANGE;
    }

    private static String text(CompiledEntry entry) {
        String mask = entry.mask().isAll() ? "every field" : entry.mask().toString();
        return "fields: " + mask + "\n" + entry.filters();
    }
}
