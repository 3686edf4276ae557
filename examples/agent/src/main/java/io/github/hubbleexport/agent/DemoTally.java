package io.github.hubbleexport.agent;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.agent.simulation.EventKind;
import java.util.EnumMap;
import java.util.Map;

/** Counts simulated events by kind, and those among them that the filters let through. One thread at a time. */
final class DemoTally {

    private final Map<EventKind, Long> seen = new EnumMap<>(EventKind.class);
    private final Map<EventKind, Long> passed = new EnumMap<>(EventKind.class);

    void count(EventKind kind, ExportOutcome outcome) {
        seen.merge(kind, 1L, Long::sum);
        if (outcome != ExportOutcome.FILTERED) {
            passed.merge(kind, 1L, Long::sum);
        }
    }

    long seen(EventKind kind) {
        return seen.getOrDefault(kind, 0L);
    }

    long passed(EventKind kind) {
        return passed.getOrDefault(kind, 0L);
    }
}
