package io.github.hubbleexport.bench.rival;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;

/** JsonFormat alone, fed messages that were parsed before: no filter, no mask, and no bytes of the text are made. */
final class JsonFormatWay implements EventWay {

    private final JsonFormat.Printer printer =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();
    private final ReadyMessages messages;

    JsonFormatWay(Configuration configuration, WireEvents events) {
        if (configuration != Configuration.NONE) {
            throw new IllegalArgumentException("JsonFormat alone knows no " + configuration);
        }
        this.messages = new ReadyMessages(events);
    }

    @Override
    public int export(int event) {
        return print(event).length();
    }

    @Override
    public String line(int event) {
        return print(event) + "\n";
    }

    @Override
    public void recall(int event) {
        messages.recall(event);
    }

    private String print(int event) {
        try {
            return printer.print(messages.get(event));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
