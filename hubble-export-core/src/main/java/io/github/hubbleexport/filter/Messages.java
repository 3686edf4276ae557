package io.github.hubbleexport.filter;

import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScanResult;
import io.github.hubbleexport.wire.ScannedEvent;

/** Messages on their way to filters, which read slots. */
final class Messages {

    private Messages() {}

    /** An event in the slots of a plan. */
    static ScannedEvent scan(ExportEvent event, ScanPlan plan) {
        ScannedEvent scanned = new ScannedEvent(plan);
        scanned.load(event, false);
        if (scanned.scan() != ScanResult.COMPLETE) {
            throw new IllegalStateException("no slots for a message");
        }
        return scanned;
    }
}
