package io.github.hubbleexport;

import com.google.protobuf.Timestamp;
import io.github.hubbleexport.deliver.GapLine;
import io.github.hubbleexport.encode.EncodePlan;
import io.github.hubbleexport.encode.EncodeResult;
import io.github.hubbleexport.proto.flow.LostEvent;
import io.github.hubbleexport.proto.flow.LostEventSource;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScanResult;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The gap in the stream as an ordinary event of Hubble, through the exporter's own encoder: {@code lost_events} of an
 * unknown source, with the number and the times of the first and the last loss (upstream: lost events in
 * {@code pkg/hubble/observer/local_observer.go}). Filters do not see it: it tells of this stream, not of the network.
 */
final class LostEventsLine implements GapLine {

    private static final int MILLIS_A_SECOND = 1_000;
    private static final int NANOS_A_MILLI = 1_000_000;

    private final EncodePlan encoding;
    private final LongSupplier millis;

    /** Most exporters lose nothing and need none. */
    private @Nullable Scratch scratch;

    LostEventsLine(EncodePlan encoding, LongSupplier millis) {
        this.encoding = encoding;
        this.millis = millis;
    }

    @Override
    public boolean append(LineBatch batch, long events, long firstMillis, long lastMillis) {
        LostEvent.Builder lost = LostEvent.newBuilder()
                .setSource(LostEventSource.UNKNOWN_LOST_EVENT_SOURCE)
                .setNumEventsLost(events)
                .setFirst(timestamp(firstMillis))
                .setLast(timestamp(lastMillis));
        Scratch line = scratch();
        line.event.load(
                ExportEvent.newBuilder()
                        .setLostEvents(lost)
                        .setTime(timestamp(millis.getAsLong()))
                        .build(),
                false);
        if (line.event.scan() != ScanResult.COMPLETE || line.writer.write(line.event) != EncodeResult.DONE) {
            return false;
        }
        batch.append(line.writer.bytes(), 0, line.writer.length());
        return true;
    }

    private Scratch scratch() {
        Scratch made = scratch;
        if (made == null) {
            made = new Scratch(ScanPlan.of(encoding.wantedSlots()), encoding);
            scratch = made;
        }
        return made;
    }

    private static Timestamp timestamp(long millis) {
        return Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(millis, MILLIS_A_SECOND))
                .setNanos(Math.floorMod(millis, MILLIS_A_SECOND) * NANOS_A_MILLI)
                .build();
    }
}
