package io.github.hubbleexport.filter;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScanResult;
import io.github.hubbleexport.wire.ScannedEvent;

/** Messages on their way to filters, which read wire bytes. */
final class Messages {

    private Messages() {}

    /** Serialises an event and fills the slots of a plan. */
    static ScannedEvent scan(ExportEvent event, ScanPlan plan) {
        ScannedEvent scanned = new ScannedEvent(plan);
        scanned.load(event, false);
        try {
            // A message may carry a field it knows among its unknown ones, which has to be merged.
            if (scanned.scan() == ScanResult.NEEDS_CANONICAL) {
                scanned.makeCanonical();
                scanned.scan();
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an event that was just serialised", e);
        }
        return scanned;
    }
}
