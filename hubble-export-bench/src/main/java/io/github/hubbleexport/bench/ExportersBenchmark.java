package io.github.hubbleexport.bench;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.ExporterGroup;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.bench.rival.Configuration;
import io.github.hubbleexport.bench.rival.Rival;
import io.github.hubbleexport.bench.rival.WireEvents;
import io.github.hubbleexport.stats.ExporterCounters;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * An event that several exporters are handed: each by itself, so that each scans it, or in a group that scans it once. Each
 * allows the pods of one namespace on either side, and has the mask of {@link Configuration#SEED}.
 */
public class ExportersBenchmark extends EventBenchmark {

    /** About a third of the events are of each: so every exporter has as much to do as the first. */
    private static final List<String> NAMESPACES = List.of("kube-system", "monitoring", "shop");

    /** How many exporters there are. */
    @Param({"1", "2", "4", "8", "16"})
    public int exporters = 1;

    private @Nullable WireEvents events;
    private FlowExporter[] opened = {};
    private @Nullable ExporterGroup group;

    /** Builds the exporters, and proves that each writes as many bytes in the group as by itself. */
    @Setup(Level.Trial)
    public void open() {
        Rival.WIRE.check(Configuration.SEED);
        events = Corpus.events();
        opened = new FlowExporter[exporters];
        for (int i = 0; i < exporters; i++) {
            opened[i] = exporter(NAMESPACES.get(i % NAMESPACES.size()));
        }
        group = new ExporterGroup(List.of(opened));
        List<ExporterCounters> apart = countersAfter(events.count(), this::apart);
        List<ExporterCounters> together = countersAfter(events.count(), this::grouped);
        for (int i = 0; i < exporters; i++) {
            compare(apart.get(i), together.get(i));
        }
    }

    private List<ExporterCounters> countersAfter(int events, Runnable oneEvent) {
        for (int i = 0; i < events; i++) {
            oneEvent.run();
        }
        return Stream.of(opened)
                .map(exporter -> {
                    exporter.flush();
                    return exporter.counters();
                })
                .toList();
    }

    /** Some events were written and others filtered, and the second time the same ones. */
    private static void compare(ExporterCounters once, ExporterCounters twice) {
        boolean same = twice.written() == 2 * once.written()
                && twice.bytesWritten() == 2 * once.bytesWritten()
                && twice.filtered() == 2 * once.filtered();
        if (!same || once.written() == 0 || once.filtered() == 0) {
            throw new IllegalStateException(once + " by itself, and then " + twice + " with the group");
        }
    }

    private static FlowExporter exporter(String namespace) {
        return new ExporterBuilder()
                .allowList("{\"source_pod\":[\"" + namespace + "/\"]} {\"destination_pod\":[\"" + namespace + "/\"]}")
                .fieldMask(Configuration.SEED.fieldMask())
                .sink(new DropSink())
                .build();
    }

    /** Closes the exporters. */
    @TearDown(Level.Trial)
    public void close() {
        for (FlowExporter exporter : opened) {
            exporter.close();
        }
    }

    /** One event, handed to one exporter after the other. */
    @Benchmark
    public int apart() {
        WireEvents all = requireNonNull(events);
        int event = next(all.count());
        int passed = 0;
        for (FlowExporter exporter : opened) {
            ExportOutcome outcome = exporter.export(all.bytes(), all.offset(event), all.length(event));
            passed += outcome == ExportOutcome.FILTERED ? 0 : 1;
        }
        return passed;
    }

    /** One event, handed to the group. */
    @Benchmark
    public ExportOutcome grouped() {
        WireEvents all = requireNonNull(events);
        int event = next(all.count());
        return requireNonNull(group).export(all.bytes(), all.offset(event), all.length(event));
    }
}
