package io.github.hubbleexport.bench;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.bench.rival.Configuration;
import io.github.hubbleexport.bench.rival.Rival;
import io.github.hubbleexport.stats.ExporterCounters;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * An event that several exporters are handed, one after the other. Each is an exporter of its own, which scans the event
 * for itself: it allows the pods of one namespace on either side, and has the mask of {@link Configuration#SEED}.
 */
public class ExportersBenchmark extends EventBenchmark {

    private static final List<String> NAMESPACES =
            List.of("default", "kube-system", "monitoring", "shop", "kafka", "team-a", "team-b", "cert-manager");

    /** How many exporters there are. */
    @Param({"1", "2", "4", "8", "16"})
    public int exporters = 1;

    private byte[][] events = {};
    private FlowExporter[] opened = {};

    /** Builds the exporters, and proves that each writes some events and filters others. */
    @Setup(Level.Trial)
    public void open() {
        Rival.WIRE.check(Configuration.SEED);
        events = Corpus.events();
        opened = new FlowExporter[exporters];
        for (int i = 0; i < exporters; i++) {
            opened[i] = exporter(NAMESPACES.get(i % NAMESPACES.size()));
        }
        for (int i = 0; i < events.length; i++) {
            export();
        }
        checkWritten();
    }

    private static FlowExporter exporter(String namespace) {
        return new ExporterBuilder()
                .allowList("{\"source_pod\":[\"" + namespace + "/\"]} {\"destination_pod\":[\"" + namespace + "/\"]}")
                .fieldMask(Configuration.SEED.fieldMask())
                .sink(new DropSink())
                .build();
    }

    private void checkWritten() {
        for (FlowExporter exporter : opened) {
            exporter.flush();
            ExporterCounters counters = exporter.counters();
            if (counters.written() == 0 || counters.written() + counters.filtered() != events.length) {
                throw new IllegalStateException(counters.toString());
            }
        }
    }

    /** Closes the exporters. */
    @TearDown(Level.Trial)
    public void close() {
        for (FlowExporter exporter : opened) {
            exporter.close();
        }
    }

    /** One event, handed to each exporter. */
    @Benchmark
    public int export() {
        byte[] event = events[next(events.length)];
        int passed = 0;
        for (FlowExporter exporter : opened) {
            passed += exporter.export(event) == ExportOutcome.FILTERED ? 0 : 1;
        }
        return passed;
    }
}
