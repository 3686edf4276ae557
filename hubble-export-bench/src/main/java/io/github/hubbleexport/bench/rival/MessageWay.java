package io.github.hubbleexport.bench.rival;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.proto.observer.ExportEvent;

/** The exporter, fed messages that were parsed before. */
final class MessageWay extends EngineWay {

    private final ExportEvent[] events;

    MessageWay(Configuration configuration, WireEvents events) {
        super(configuration);
        this.events = PlainJava.parseAll(events);
    }

    @Override
    ExportOutcome hand(int event, FlowExporter to) {
        return to.export(events[event]);
    }
}
