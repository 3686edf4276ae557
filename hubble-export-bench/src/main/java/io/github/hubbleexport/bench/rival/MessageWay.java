package io.github.hubbleexport.bench.rival;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.FlowExporter;

/** The exporter, fed messages that were parsed before. */
final class MessageWay extends EngineWay {

    private final ReadyMessages messages;

    MessageWay(Configuration configuration, WireEvents events) {
        super(configuration);
        this.messages = new ReadyMessages(events);
    }

    @Override
    ExportOutcome hand(int event, FlowExporter to) {
        return to.export(messages.get(event));
    }

    @Override
    public void recall(int event) {
        messages.recall(event);
    }
}
