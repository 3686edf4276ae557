package io.github.hubbleexport.bench.rival;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What one writes when JsonFormat is too slow: protobuf-java's parse, and a walk that feeds Jackson's generator. */
final class JacksonWay implements EventWay {

    private final JsonFactory factory = new JsonFactory();
    private final JacksonWalk walk = new JacksonWalk();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PlainJava plain;
    private final WireEvents events;

    JacksonWay(Configuration configuration, WireEvents events) {
        this.plain = new PlainJava(configuration);
        this.events = events;
    }

    @Override
    public int export(int event) {
        bytes.reset();
        ExportEvent parsed = PlainJava.parse(events, event);
        if (plain.passes(parsed)) {
            write(plain.masked(parsed));
        }
        return bytes.size();
    }

    private void write(ExportEvent event) {
        try (JsonGenerator out = factory.createGenerator(bytes)) {
            walk.write(event, out);
            out.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String line(int event) {
        export(event);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
