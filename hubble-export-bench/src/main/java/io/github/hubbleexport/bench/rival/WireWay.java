package io.github.hubbleexport.bench.rival;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.FlowExporter;

/** The exporter, fed wire bytes. */
final class WireWay extends EngineWay {

    private final WireEvents events;

    WireWay(Configuration configuration, WireEvents events) {
        super(configuration);
        this.events = events;
    }

    @Override
    ExportOutcome hand(int event, FlowExporter to) {
        return to.export(events.bytes(), events.offset(event), events.length(event));
    }
}
