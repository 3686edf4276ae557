package io.github.hubbleexport;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.hubbleexport.deliver.Delivered;
import io.github.hubbleexport.deliver.RecordDelivery;
import io.github.hubbleexport.deliver.StrictFailure;
import io.github.hubbleexport.encode.EncodePlan;
import io.github.hubbleexport.encode.EncodeResult;
import io.github.hubbleexport.encode.RecordWriter;
import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.stats.EventRecorder;
import io.github.hubbleexport.stats.ExporterAccount;
import io.github.hubbleexport.stats.LossReason;
import io.github.hubbleexport.stats.LossReporter;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScanResult;
import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.UndecodableEventException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of one event: scan for the filters, filter, hooks, scan for the rest, encode, deliver; where most events pass,
 * one scan for both. Counts every end that an event can come to, except those that the delivery counts. Immutable; the
 * scratch is the caller's.
 */
final class Pipeline {

    private final FlowFilters filters;
    private final List<ExportHook> hooks;
    private final ScanPlan filterPlan;
    private final ScanPlan encodePlan;
    private final ScanPlan wholePlan;
    private final EncodePlan encoding;
    private final RecordDelivery delivery;
    private final EventRecorder recorder;
    private final LossReporter losses;
    private final String exporter;
    private final boolean strict;

    Pipeline(
            FlowFilters filters,
            List<ExportHook> hooks,
            EncodePlan encoding,
            RecordDelivery delivery,
            ExporterAccount account,
            boolean strict) {
        this.filters = filters;
        this.hooks = List.copyOf(hooks);
        this.encoding = encoding;
        this.filterPlan = ScanPlan.of(filters.wantedSlots());
        this.encodePlan = ScanPlan.of(encoding.wantedSlots());
        this.wholePlan = filters.isEmpty() ? encodePlan : ScanPlan.of(filters.wantedSlots(), encoding.wantedSlots());
        this.delivery = delivery;
        this.recorder = account.events();
        this.losses = account.losses();
        this.exporter = account.exporter();
        this.strict = strict;
    }

    Scratch newScratch() {
        return new Scratch(encodePlan, encoding);
    }

    /** Scratch around an event that others may look at too. */
    Scratch newScratch(ScannedEvent event) {
        return new Scratch(event, encoding);
    }

    // Nothing of the following throws what an event, a sink or a custom part is to blame for, unless delivery is
    // strict.

    /** The whole way. */
    ExportOutcome run(Scratch scratch) {
        try {
            if (filters.isEmpty()) {
                scratch.choice.filtered(true);
                return exportPassed(scratch);
            }
            // What the scan for both finds damaged the filters may step over: then they get a scan of their own.
            boolean scanned =
                    scratch.choice.once() && hooks.isEmpty() && scratch.event.scan(wholePlan) == ScanResult.COMPLETE;
            if (!scanned && !scan(scratch.event, filterPlan)) {
                return undecodable();
            }
            ExportOutcome end = filter(scratch.event);
            scratch.choice.filtered(end == null);
            if (end != null) {
                return end;
            }
            return scanned ? encode(scratch) : exportPassed(scratch);
        } catch (RuntimeException | Error e) {
            return fault(e);
        }
    }

    /** The filters alone, for an event whose slots they want are filled: where it ends here, or null if it goes on. */
    @Nullable
    ExportOutcome filter(ScannedEvent event) {
        try {
            if (filters.isEmpty() || filters.test(event)) {
                return null;
            }
            recorder.filtered();
            return ExportOutcome.FILTERED;
        } catch (RuntimeException | Error e) {
            return fault(e);
        }
    }

    /** What comes after the filters. */
    ExportOutcome exportPassed(Scratch scratch) {
        try {
            ExportOutcome end = hooks.isEmpty() ? null : runHooks(scratch.event);
            if (end != null) {
                return end;
            }
            return scan(scratch.event, encodePlan) ? encode(scratch) : undecodable();
        } catch (RuntimeException | Error e) {
            return fault(e);
        }
    }

    /** What comes after the filters and hooks, for an event whose slots the encoder wants are filled. */
    ExportOutcome exportScanned(Scratch scratch) {
        try {
            return encode(scratch);
        } catch (RuntimeException | Error e) {
            return fault(e);
        }
    }

    /** A fault of ours or of a custom part: the event is lost, and the host does not suffer from it. */
    ExportOutcome fault(Throwable e) {
        if (e instanceof StrictDeliveryException strict) {
            throw strict;
        }
        return e instanceof UndecodableEventException
                ? undecodable()
                : lost(LossReason.INTERNAL_ERROR, "a fault in the exporter", e);
    }

    /** An event was handed in. */
    void received() {
        recorder.received();
    }

    /** An event went the slow way. */
    void canonicalized() {
        recorder.canonicalized();
    }

    boolean hasHooks() {
        return !hooks.isEmpty();
    }

    boolean hasFilters() {
        return !filters.isEmpty();
    }

    void addFilterSlots(BitSet slots) {
        slots.or(filters.wantedSlots());
    }

    void addEncodeSlots(BitSet slots) {
        slots.or(encoding.wantedSlots());
    }

    private boolean scan(ScannedEvent event, ScanPlan plan) {
        ScanResult result = event.scan(plan);
        if (result == ScanResult.NEEDS_PARSING && parse(event)) {
            recorder.canonicalized();
            result = event.scan(plan);
        }
        return result == ScanResult.COMPLETE;
    }

    /** Whether that worked: not if the bytes are not those of an event. */
    static boolean parse(ScannedEvent event) {
        try {
            event.parse();
            return true;
        } catch (InvalidProtocolBufferException malformed) {
            return false;
        }
    }

    private ExportOutcome encode(Scratch scratch) {
        EncodeResult result = scratch.writer.write(scratch.event);
        return switch (result) {
            case DONE -> deliver(scratch);
            case UNDECODABLE -> undecodable();
            case UNENCODABLE -> lost(LossReason.UNENCODABLE, "a value in it has no form in the output", null);
        };
    }

    private ExportOutcome deliver(Scratch scratch) {
        Delivered delivered = handOver(scratch.writer);
        return switch (delivered) {
            case WRITTEN -> ExportOutcome.WRITTEN;
            case BUFFERED -> ExportOutcome.BUFFERED;
            case LOST -> ExportOutcome.LOST;
            case REFUSED -> lost(LossReason.CLOSED, "the exporter is closed", null);
        };
    }

    private Delivered handOver(RecordWriter record) {
        try {
            return delivery.deliver(record.bytes(), 0, record.length());
        } catch (StrictFailure e) {
            throw new StrictDeliveryException(exporter, e.reason(), e.taken(), e.getMessage(), e.getCause());
        }
    }

    /** The outcome if the event ends here, or null if it goes on. */
    private @Nullable ExportOutcome runHooks(ScannedEvent event) {
        HookedEvent hooked = new HookedEvent(event);
        for (ExportHook hook : hooks) {
            try {
                if (hook.onEvent(hooked) == ExportHook.Decision.STOP) {
                    recorder.stopped();
                    return ExportOutcome.STOPPED;
                }
            } catch (InvalidProtocolBufferException malformed) {
                return undecodable();
            } catch (Exception | Error e) {
                return lost(LossReason.HOOK_FAILED, "a hook failed", e);
            }
        }
        ExportEvent replacement = hooked.replacement();
        if (replacement != null) {
            event.load(replacement, false);
        }
        return null;
    }

    private ExportOutcome undecodable() {
        return lost(LossReason.UNDECODABLE, "not the bytes of an event", null);
    }

    private ExportOutcome lost(LossReason reason, String message, @Nullable Throwable cause) {
        losses.lost(reason, 1, message, cause);
        if (strict) {
            throw new StrictDeliveryException(exporter, reason, false, message, cause);
        }
        return ExportOutcome.LOST;
    }

    @Override
    public String toString() {
        return "filters " + filters + ", " + encoding;
    }
}
