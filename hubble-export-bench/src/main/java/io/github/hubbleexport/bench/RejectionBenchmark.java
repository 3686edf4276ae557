package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.bench.rival.WireEvents;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * An exporter as a host builds it, asked with the wire bytes of a cluster's events: nanoseconds an event, one thread.
 * What counts is the ratio of an event that is rejected to one that is written in full.
 */
public class RejectionBenchmark extends EventBenchmark {

    /** By what events are rejected, if they are. */
    @Param
    public Rejection rejection = Rejection.NONE;

    private @Nullable WireEvents events;
    private @Nullable FlowExporter exporter;

    /** Builds the exporter and proves that it does with every event what it has to. */
    @Setup(Level.Trial)
    public void open() {
        events = WireEvents.ofConformance();
        exporter = new ExporterBuilder()
                .filters(rejection.filters())
                .sink(new DropSink())
                .build();
        for (int i = 0; i < events.count(); i++) {
            ExportOutcome outcome = export();
            if ((outcome == ExportOutcome.FILTERED) != rejection.rejects()) {
                throw new IllegalStateException("event " + i + " is " + outcome);
            }
        }
    }

    /** Closes the exporter. */
    @TearDown(Level.Trial)
    public void close() {
        requireNonNull(exporter).close();
    }

    /** One event. */
    @Benchmark
    public ExportOutcome export() {
        WireEvents all = requireNonNull(events);
        int event = next(all.count());
        return requireNonNull(exporter).export(all.bytes(), all.offset(event), all.length(event));
    }
}
