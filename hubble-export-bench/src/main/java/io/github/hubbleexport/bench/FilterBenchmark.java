package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.bench.rival.WireEvents;
import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.testkit.ConformanceData;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScanResult;
import io.github.hubbleexport.wire.ScannedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * From the wire bytes of one flow to the decision of an allow list: nanoseconds an event, one thread. What counts is the
 * ratio of many filters to one in one run.
 */
public class FilterBenchmark extends EventBenchmark {

    /** What the filters are about. */
    @Param
    public FilterFamily family = FilterFamily.POD;

    /** How many filters the list has. */
    @Param({"1", "10", "100", "1000", "10000"})
    public int filters = 1;

    /** Whether the last filter lets the events pass; otherwise none does. */
    @Param({"true", "false"})
    public boolean matching = true;

    private @Nullable WireEvents events;
    private @Nullable FlowFilters compiled;
    private @Nullable ScannedEvent scratch;

    /** Compiles the list and proves that it decides right. */
    @Setup(Level.Trial)
    public void open() {
        events = new WireEvents(ConformanceData.resource("encode/cluster.bin").stream()
                .filter(event -> event.hasFlow())
                .map(event -> FilterFamily.selected(event).toByteArray())
                .toArray(byte[][]::new));
        FlowFilters list = FlowFilters.of(family.filters(filters, matching), List.of());
        compiled = list;
        scratch = new ScannedEvent(ScanPlan.of(list.wantedSlots()));
        for (int i = 0; i < events.count(); i++) {
            if (decide() != matching) {
                throw new IllegalStateException("event " + i + " is decided wrongly");
            }
        }
    }

    /** One event. */
    @Benchmark
    public boolean decide() {
        WireEvents all = requireNonNull(events);
        int event = next(all.count());
        ScannedEvent scanned = requireNonNull(scratch);
        scanned.load(all.bytes(), all.offset(event), all.length(event), false);
        return scanned.scan() == ScanResult.COMPLETE && requireNonNull(compiled).test(scanned);
    }
}
