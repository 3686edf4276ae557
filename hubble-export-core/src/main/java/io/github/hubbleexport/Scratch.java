package io.github.hubbleexport;

import io.github.hubbleexport.encode.RecordWriter;
import io.github.hubbleexport.wire.ScannedEvent;

/** What one thread needs to export one event to one exporter; used again and again. */
final class Scratch extends EventScratch {

    final RecordWriter writer;

    Scratch(ScannedEvent event, RecordWriter writer) {
        super(event);
        this.writer = writer;
    }
}
