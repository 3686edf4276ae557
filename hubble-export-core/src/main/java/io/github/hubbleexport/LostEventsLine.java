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

/**
 * The gap in the stream as an ordinary event of Hubble, through the exporter's own encoder: {@code lost_events} of an
 * unknown source, with the number and the times of the first and the last loss (upstream: lost events in
 * {@code pkg/hubble/observer/local_observer.go}). Filters do not see it: it tells of this stream, not of the network.
 */
final class LostEventsLine implements GapLine {

    private static final int MILLIS_A_SECOND = 1_000;
    private static final int NANOS_A_MILLI = 1_000_000;

    private final Scratch scratch;
    private final LongSupplier millis;

    LostEventsLine(EncodePlan encoding, LongSupplier millis) {
        this.scratch = new Scratch(ScanPlan.of(encoding.wantedSlots()), encoding);
        this.millis = millis;
    }

    @Override
    public boolean append(LineBatch batch, long events, long firstMillis, long lastMillis) {
        LostEvent.Builder lost = LostEvent.newBuilder()
                .setSource(LostEventSource.UNKNOWN_LOST_EVENT_SOURCE)
                .setNumEventsLost(events)
                .setFirst(timestamp(firstMillis))
                .setLast(timestamp(lastMillis));
        scratch.event.load(
                ExportEvent.newBuilder()
                        .setLostEvents(lost)
                        .setTime(timestamp(millis.getAsLong()))
                        .build(),
                false);
        if (scratch.event.scan() != ScanResult.COMPLETE || scratch.writer.write(scratch.event) != EncodeResult.DONE) {
            return false;
        }
        batch.append(scratch.writer.bytes(), 0, scratch.writer.length());
        return true;
    }

    private static Timestamp timestamp(long millis) {
        return Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(millis, MILLIS_A_SECOND))
                .setNanos(Math.floorMod(millis, MILLIS_A_SECOND) * NANOS_A_MILLI)
                .build();
    }
}
