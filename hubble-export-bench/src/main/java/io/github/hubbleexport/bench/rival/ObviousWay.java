package io.github.hubbleexport.bench.rival;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.nio.charset.StandardCharsets;

/** What a Java developer would write first, with the official libraries, from wire bytes. */
final class ObviousWay implements EventWay {

    private final JsonFormat.Printer printer =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();
    private final PlainJava plain;
    private final WireEvents events;

    ObviousWay(Configuration configuration, WireEvents events) {
        this.plain = new PlainJava(configuration);
        this.events = events;
    }

    @Override
    public int export(int event) {
        // The bytes, because that is what a file takes.
        return line(event).getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String line(int event) {
        ExportEvent parsed = PlainJava.parse(events, event);
        try {
            return plain.passes(parsed) ? printer.print(plain.masked(parsed)) + "\n" : "";
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
