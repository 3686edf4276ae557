package io.github.hubbleexport;

import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScanResult;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several exporters behind one scan: the event is scanned once for all filters, and if any of them lets it through, once
 * more for all encoders; where most events are let through by somebody, once for both. Slots that an exporter did not ask
 * for do not change what it decides or prints. Immutable.
 *
 * <p>Where a scan for all fails, each exporter goes its way alone: what is damaged may be something that it steps over.
 */
final class GroupScan {

    final Readers readers = new Readers(Runtime.getRuntime().availableProcessors());

    private final List<FlowExporter> exporters;
    private final Pipeline[] pipelines;
    private final boolean hasFilters;
    private final ScanPlan filterPlan;
    private final ScanPlan encodePlan;
    private final ScanPlan wholePlan;

    GroupScan(List<FlowExporter> exporters) {
        this.exporters = List.copyOf(exporters);
        this.pipelines = exporters.stream().map(FlowExporter::pipeline).toArray(Pipeline[]::new);
        BitSet filterSlots = new BitSet();
        BitSet encodeSlots = new BitSet();
        boolean anyFilters = false;
        for (Pipeline pipeline : pipelines) {
            anyFilters |= pipeline.hasFilters();
            pipeline.addFilterSlots(filterSlots);
            pipeline.addEncodeSlots(encodeSlots);
        }
        this.hasFilters = anyFilters;
        this.filterPlan = ScanPlan.of(filterSlots);
        this.encodePlan = ScanPlan.of(encodeSlots);
        this.wholePlan = ScanPlan.of(filterSlots, encodeSlots);
    }

    List<FlowExporter> exporters() {
        return exporters;
    }

    int size() {
        return pipelines.length;
    }

    Pipeline pipeline(int member) {
        return pipelines[member];
    }

    /** The member of a pipeline, or -1. */
    int indexOf(Pipeline pipeline) {
        for (int i = 0; i < pipelines.length; i++) {
            if (pipelines[i] == pipeline) {
                return i;
            }
        }
        return -1;
    }

    /** Every exporter gets its turn, also when strict delivery of another one throws; the first such exception comes out. */
    ExportOutcome run(GroupScratch scratch) {
        for (Pipeline pipeline : pipelines) {
            pipeline.received();
        }
        scratch.strictFailure = null;
        ExportOutcome outcome = runAll(scratch);
        if (scratch.strictFailure != null) {
            throw scratch.strictFailure;
        }
        return outcome;
    }

    private ExportOutcome runAll(GroupScratch scratch) {
        // What the scan for both finds damaged all filters may step over: then they get a scan of their own.
        boolean whole = hasFilters && scratch.choice.once() && scratch.event.scan(wholePlan) == ScanResult.COMPLETE;
        boolean scanned = whole || !hasFilters || scan(scratch.event, filterPlan);
        ExportOutcome outcome = ExportOutcome.FILTERED;
        int passing = 0;
        for (int i = 0; i < pipelines.length; i++) {
            ExportOutcome end = scanned ? filter(scratch, i) : runAlone(scratch, i);
            scratch.passed[i] = end == null;
            passing += end == null ? 1 : 0;
            outcome = end == null ? outcome : sum(outcome, end);
        }
        scratch.choice.filtered(passing > 0);
        return passing == 0 ? outcome : sum(outcome, exportPassed(scratch, passing, whole));
    }

    private @Nullable ExportOutcome filter(GroupScratch scratch, int member) {
        try {
            return pipelines[member].filter(scratch.event);
        } catch (StrictDeliveryException e) {
            return scratch.failed(e);
        }
    }

    private ExportOutcome runAlone(GroupScratch scratch, int member) {
        try {
            return pipelines[member].run(scratch.loaded(member));
        } catch (StrictDeliveryException e) {
            return scratch.failed(e);
        }
    }

    /** One exporter alone is better off with its own plan, which may be much smaller. */
    private ExportOutcome exportPassed(GroupScratch scratch, int passing, boolean whole) {
        boolean scanned = whole || (passing > 1 && scan(scratch.event, encodePlan));
        ExportOutcome outcome = ExportOutcome.FILTERED;
        for (int i = 0; i < pipelines.length; i++) {
            if (scratch.passed[i]) {
                outcome = sum(outcome, exportOne(scratch, i, scanned));
            }
        }
        return outcome;
    }

    private ExportOutcome exportOne(GroupScratch scratch, int member, boolean scanned) {
        Pipeline pipeline = pipelines[member];
        try {
            return scanned && !pipeline.hasHooks()
                    ? pipeline.exportScanned(scratch.members[member])
                    : pipeline.exportPassed(scratch.loaded(member));
        } catch (StrictDeliveryException e) {
            return scratch.failed(e);
        }
    }

    /** As that of one exporter; the slow way out counts for each of them. */
    private boolean scan(ScannedEvent event, ScanPlan plan) {
        ScanResult result = event.scan(plan);
        if (result == ScanResult.NEEDS_PARSING && Pipeline.parse(event)) {
            for (Pipeline pipeline : pipelines) {
                pipeline.canonicalized();
            }
            result = event.scan(plan);
        }
        return result == ScanResult.COMPLETE;
    }

    /** An event could not be taken in: it is lost for each exporter. */
    ExportOutcome fault(Throwable e) {
        for (Pipeline pipeline : pipelines) {
            pipeline.received();
        }
        StrictDeliveryException strict = null;
        for (Pipeline pipeline : pipelines) {
            try {
                ExportOutcome unused = pipeline.fault(e);
            } catch (StrictDeliveryException told) {
                strict = strict == null ? told : strict;
            }
        }
        if (strict != null) {
            throw strict;
        }
        return ExportOutcome.LOST;
    }

    /** The one of two outcomes that says more about what became of the event. */
    private static ExportOutcome sum(ExportOutcome one, ExportOutcome other) {
        return weight(one) < weight(other) ? other : one;
    }

    private static int weight(ExportOutcome outcome) {
        return switch (outcome) {
            case FILTERED -> 0;
            case STOPPED -> 1;
            case WRITTEN -> 2;
            case BUFFERED -> 3;
            case LOST -> 4;
        };
    }

    @Override
    public String toString() {
        return exporters.toString();
    }
}
