package io.github.hubbleexport.bench.rival;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.FlowExporter;

/** The exporter, fed wire bytes. */
final class WireWay extends EngineWay {

    private final byte[][] events;

    WireWay(Configuration configuration, byte[][] events) {
        super(configuration);
        this.events = events;
    }

    @Override
    ExportOutcome hand(int event, FlowExporter to) {
        return to.export(events[event]);
    }
}
