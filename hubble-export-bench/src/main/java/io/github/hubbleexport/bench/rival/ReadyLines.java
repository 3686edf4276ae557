package io.github.hubbleexport.bench.rival;

import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.testkit.Engine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Lines that were encoded before: as bytes with their ends, which sinks take, and as text without, which loggers do. */
public final class ReadyLines {

    private final byte[][] bytes;
    private final String[] texts;
    private final byte[] all;

    /** The lines of events in full. */
    public ReadyLines(WireEvents events) {
        Engine engine = new Engine(FlowMask.all());
        bytes = new byte[events.count()][];
        texts = new String[events.count()];
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = 0; i < events.count(); i++) {
            String line = Objects.requireNonNull(engine.line(events.copy(i)), "an event without a line");
            bytes[i] = line.getBytes(StandardCharsets.UTF_8);
            texts[i] = line.substring(0, line.length() - 1);
            joined.writeBytes(bytes[i]);
        }
        all = joined.toByteArray();
    }

    /** How many lines there are. */
    public int count() {
        return bytes.length;
    }

    /** A line with its end. */
    public byte[] bytes(int line) {
        return bytes[line];
    }

    /** A line without its end. */
    public String text(int line) {
        return texts[line];
    }

    /** All lines, one behind the other. */
    public byte[] all() {
        return all;
    }

    /** Where files end that are filled with whole lines of {@link #all} up to a size. */
    public int[] fileEnds(int maxBytes) {
        List<Integer> ends = new ArrayList<>();
        int start = 0;
        int end = 0;
        for (byte[] line : bytes) {
            if (end + line.length - start > maxBytes) {
                ends.add(end);
                start = end;
            }
            end += line.length;
        }
        ends.add(end);
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }
}
