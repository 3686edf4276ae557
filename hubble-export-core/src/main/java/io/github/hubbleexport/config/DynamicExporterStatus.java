package io.github.hubbleexport.config;

import io.github.hubbleexport.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link DynamicExporter} is doing. An immutable snapshot.
 *
 * @param flowLogs the entries, in the order of the file
 * @param reconfigurations how often each operation was done; every operation is there
 * @param configHash the hash of the file that is in force, see {@link FlowLogs#hash}; 0 before there is one
 * @param lastApplied when a file came into force last; null: never
 * @param refusal what is wrong with the file as it is now; empty: it is in force, perhaps except for entries with problems
 * @param refusedAt when that was found; null: nothing is wrong with it
 * @param closedEvents events that came after the exporter was closed
 */
public record DynamicExporterStatus(
        List<FlowLogStatus> flowLogs,
        Map<Operation, Long> reconfigurations,
        long configHash,
        @Nullable Instant lastApplied,
        List<Problem> refusal,
        @Nullable Instant refusedAt,
        long closedEvents) {

    /** What a reload can do (upstream: the label {@code op} in {@code pkg/hubble/exporter/metrics.go}). */
    public enum Operation {
        /** An entry is new. */
        ADD,
        /** An entry says something else. */
        UPDATE,
        /** An entry is gone. */
        REMOVE,
        /** A file could not be read or used. */
        FAILURE,
        /** An entry could not be built; not counted by Hubble. */
        ENTRY_FAILURE
    }

    /** Takes copies. */
    public DynamicExporterStatus {
        flowLogs = List.copyOf(flowLogs);
        reconfigurations = Map.copyOf(reconfigurations);
        refusal = List.copyOf(refusal);
    }

    /** How often an operation was done. */
    public long count(Operation operation) {
        return reconfigurations.getOrDefault(operation, 0L);
    }

    /** The entry of a name; null: there is none. */
    public @Nullable FlowLogStatus flowLog(String name) {
        return flowLogs.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
