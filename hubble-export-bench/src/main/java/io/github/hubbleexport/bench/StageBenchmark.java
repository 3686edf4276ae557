package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.bench.rival.Configuration;
import io.github.hubbleexport.bench.rival.Deliveries;
import io.github.hubbleexport.bench.rival.Rival;
import io.github.hubbleexport.bench.rival.WireEvents;
import io.github.hubbleexport.deliver.Delivered;
import io.github.hubbleexport.deliver.RecordDelivery;
import io.github.hubbleexport.encode.EncodePlan;
import io.github.hubbleexport.encode.EncodeResult;
import io.github.hubbleexport.encode.EventEncoder;
import io.github.hubbleexport.encode.RecordWriter;
import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScanResult;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The parts of the way from wire bytes to the sink, each alone. An event has to be scanned before it can be filtered or
 * encoded, so these two are fed a few hundred events that were, and find them in the caches; the others are fed all.
 */
public class StageBenchmark extends EventBenchmark {

    private static final int SCANNED_EVENTS = 300;

    /** What is asked for. */
    @Param({"NONE", "SEED"})
    public Configuration configuration = Configuration.NONE;

    private @Nullable WireEvents events;
    private byte[][] lines = {};
    private ScannedEvent[] forFilter = {};
    private ScannedEvent[] forEncoder = {};
    private @Nullable ScannedEvent scratch;
    private @Nullable FlowFilters filters;
    private @Nullable RecordWriter writer;
    private @Nullable RecordDelivery delivery;

    /** Proves that the lines are right, and makes what each stage starts from. */
    @Setup(Level.Trial)
    public void open() {
        Rival.WIRE.check(configuration);
        events = Corpus.events();
        filters = FlowFilters.parse(configuration.allowList(), configuration.denyList());
        EncodePlan encoding = EventEncoder.jsonLines().compile(FlowMask.of(configuration.fieldMask()), null);
        ScanPlan encodePlan = ScanPlan.of(encoding.wantedSlots());
        scratch = new ScannedEvent(encodePlan);
        writer = encoding.newWriter();
        forFilter = scanned(events, ScanPlan.of(filters.wantedSlots()));
        forEncoder = scanned(events, encodePlan);
        lines = linesOf(forEncoder, writer);
        delivery = Deliveries.direct(new DropSink());
    }

    private static ScannedEvent[] scanned(WireEvents events, ScanPlan plan) {
        ScannedEvent[] scanned = new ScannedEvent[Math.min(SCANNED_EVENTS, events.count())];
        for (int i = 0; i < scanned.length; i++) {
            scanned[i] = new ScannedEvent(plan);
            scanned[i].load(events.bytes(), events.offset(i), events.length(i), false);
            if (scanned[i].scan() != ScanResult.COMPLETE) {
                throw new IllegalStateException("event " + i + " cannot be scanned");
            }
        }
        return scanned;
    }

    private static byte[][] linesOf(ScannedEvent[] scanned, RecordWriter writer) {
        byte[][] lines = new byte[scanned.length][];
        for (int i = 0; i < scanned.length; i++) {
            if (writer.write(scanned[i]) != EncodeResult.DONE) {
                throw new IllegalStateException("event " + i + " cannot be encoded");
            }
            lines[i] = Arrays.copyOf(writer.bytes(), writer.length());
        }
        return lines;
    }

    /** Ends the delivery's thread. */
    @TearDown(Level.Trial)
    public void close() {
        requireNonNull(delivery).close();
    }

    /** Copies the bytes in and finds the fields that the encoder prints. */
    @Benchmark
    public ScanResult scan() {
        WireEvents all = requireNonNull(events);
        int event = next(all.count());
        ScannedEvent scanned = requireNonNull(scratch);
        scanned.load(all.bytes(), all.offset(event), all.length(event), false);
        return scanned.scan();
    }

    /** Decides on a scanned event. */
    @Benchmark
    public boolean filter() {
        return requireNonNull(filters).test(forFilter[next(forFilter.length)]);
    }

    /** Makes the line of a scanned event. */
    @Benchmark
    public EncodeResult encode() {
        return requireNonNull(writer).write(forEncoder[next(forEncoder.length)]);
    }

    /** Puts a ready line into the batch, and the full batch into a sink that drops it. */
    @Benchmark
    public Delivered deliver() {
        byte[] line = lines[next(lines.length)];
        return requireNonNull(delivery).deliver(line, 0, line.length);
    }
}
