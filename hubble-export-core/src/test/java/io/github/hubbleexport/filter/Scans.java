package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScanResult;
import io.github.hubbleexport.wire.ScannedEvent;

/** The wire door of compiled filters: one scratch for all events, as the exporter has it. */
final class Scans {

    private final FlowFilters filters;
    private final ScannedEvent scratch;

    Scans(FlowFilters filters) {
        this.filters = filters;
        this.scratch = new ScannedEvent(ScanPlan.of(filters.wantedSlots()));
    }

    boolean pass(ExportEvent event) {
        byte[] wire = event.toByteArray();
        scratch.load(wire, 0, wire.length, false);
        assertThat(scratch.scan()).isEqualTo(ScanResult.COMPLETE);
        return filters.test(scratch);
    }
}
