package io.github.hubbleexport;

import io.github.hubbleexport.encode.EncodePlan;
import io.github.hubbleexport.encode.RecordWriter;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScannedEvent;

/** What one thread needs to export one event; used again and again. */
final class Scratch {

    final ScannedEvent event;
    final RecordWriter writer;

    Scratch(ScanPlan plan, EncodePlan encoding) {
        this.event = new ScannedEvent(plan);
        this.writer = encoding.newWriter();
    }
}
