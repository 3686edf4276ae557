package io.github.hubbleexport;

import io.github.hubbleexport.deliver.BatchWriter;
import io.github.hubbleexport.deliver.DirectDelivery;
import io.github.hubbleexport.deliver.GapLine;
import io.github.hubbleexport.deliver.QueuedDelivery;
import io.github.hubbleexport.deliver.RecordDelivery;
import io.github.hubbleexport.deliver.StrictDelivery;
import io.github.hubbleexport.encode.EncodePlan;
import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.ErrorListener;
import io.github.hubbleexport.stats.ExporterAccount;
import io.github.hubbleexport.stats.StatusListener;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Puts the parts of an exporter together, all of them checked. */
final class ExporterAssembly {

    private final ExporterConfiguration configuration;
    private final EncodePlan encoding;
    private final Sink sink;
    private final ExporterAccount account;

    /** The time, in milliseconds since 1970. */
    private final LongSupplier millis = System::currentTimeMillis;

    ExporterAssembly(
            String name,
            ExporterConfiguration configuration,
            EncodePlan encoding,
            Sink sink,
            @Nullable ErrorListener errors,
            @Nullable StatusListener states) {
        this.configuration = configuration;
        this.encoding = encoding;
        this.sink = sink;
        System.Logger log = System.getLogger(FlowExporter.class.getName());
        this.account = ExporterAccount.open(name, errors, states, log, System::nanoTime, millis);
    }

    FlowExporter exporter(FlowFilters filters, List<ExportHook> hooks) {
        RecordDelivery delivery = delivery();
        Pipeline pipeline = new Pipeline(filters, hooks, encoding, delivery, account, isStrict());
        FlowExporter exporter = new FlowExporter(pipeline, delivery, sink, account, configuration);
        exporter.start();
        return exporter;
    }

    private boolean isStrict() {
        return configuration.delivery().mode() == Delivery.Mode.STRICT;
    }

    private RecordDelivery delivery() {
        GapLine gapLine = configuration.gapLines() ? new LostEventsLine(encoding, millis) : null;
        BatchWriter writer = new BatchWriter(sink, isStrict(), gapLine, account, System::nanoTime, millis);
        int batchBytes = configuration.batchBytes();
        long flushNanos = configuration.flushInterval().toNanos();
        Delivery delivery = configuration.delivery();
        return switch (delivery.mode()) {
            case DIRECT -> new DirectDelivery(writer, batchBytes, flushNanos);
            case STRICT -> new StrictDelivery(writer, batchBytes, flushNanos);
            case QUEUED -> new QueuedDelivery(writer, batchBytes, flushNanos, delivery.bounds());
        };
    }
}
