package io.github.hubbleexport.testkit;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.github.hubbleexport.encode.EncodePlan;
import io.github.hubbleexport.encode.EncodeResult;
import io.github.hubbleexport.encode.EventEncoder;
import io.github.hubbleexport.encode.RecordWriter;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScanResult;
import io.github.hubbleexport.wire.ScannedEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Scan and encode alone, without filters and sinks: one line for one event. */
public final class Engine {

    private final ScannedEvent event;
    private final RecordWriter writer;

    public Engine(FlowMask mask) {
        this(mask, null);
    }

    public Engine(FlowMask mask, @Nullable String nodeName) {
        EncodePlan plan = EventEncoder.jsonLines().compile(mask, nodeName);
        this.event = new ScannedEvent(ScanPlan.of(plan.wantedSlots()));
        this.writer = plan.newWriter();
    }

    /** The line of an event, or null when it is refused. */
    public @Nullable String line(byte[] wire) {
        event.load(wire, 0, wire.length, false);
        return line();
    }

    public @Nullable String lineOfFlow(byte[] wire) {
        event.load(wire, 0, wire.length, true);
        return line();
    }

    public @Nullable String line(MessageLite message) {
        event.load(message, false);
        return line();
    }

    private @Nullable String line() {
        ScanResult scanned = event.scan();
        if (scanned == ScanResult.NEEDS_PARSING) {
            try {
                event.parse();
            } catch (InvalidProtocolBufferException e) {
                return null;
            }
            scanned = event.scan();
        }
        if (scanned != ScanResult.COMPLETE || writer.write(event) != EncodeResult.DONE) {
            return null;
        }
        return new String(writer.bytes(), 0, writer.length(), StandardCharsets.UTF_8);
    }
}
