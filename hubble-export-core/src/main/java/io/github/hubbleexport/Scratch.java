package io.github.hubbleexport;

import io.github.hubbleexport.encode.EncodePlan;
import io.github.hubbleexport.encode.RecordWriter;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScannedEvent;

/** What one thread needs to export one event to one exporter; used again and again. */
final class Scratch extends EventScratch {

    final RecordWriter writer;

    Scratch(ScanPlan plan, EncodePlan encoding) {
        this(new ScannedEvent(plan), encoding);
    }

    /** Around an event that others may look at too. */
    Scratch(ScannedEvent event, EncodePlan encoding) {
        super(event);
        this.writer = encoding.newWriter();
    }
}
