package io.github.hubbleexport.bench.rival;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.deliver.DirectDelivery;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.EventRecorder;
import io.github.hubbleexport.stats.LossReporter;

/** Opens the part of an exporter that stands behind its encoder. */
public final class Deliveries {

    private Deliveries() {}

    /** Delivery by the caller's thread, with the settings that an exporter has unless told otherwise. */
    public static DirectDelivery direct(Sink sink) {
        EventRecorder recorder = new EventRecorder();
        System.Logger log = System.getLogger(Deliveries.class.getName());
        LossReporter losses = new LossReporter("benchmark", recorder, null, log, System::nanoTime);
        DirectDelivery delivery = new DirectDelivery(
                sink,
                ExporterBuilder.DEFAULT_BATCH_BYTES,
                ExporterBuilder.DEFAULT_FLUSH_INTERVAL.toNanos(),
                "benchmark",
                recorder,
                losses);
        delivery.start();
        return delivery;
    }
}
