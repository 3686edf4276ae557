package io.github.hubbleexport.bench.rival;

import io.github.hubbleexport.Delivery;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.deliver.BatchWriter;
import io.github.hubbleexport.deliver.DirectDelivery;
import io.github.hubbleexport.deliver.QueueBounds;
import io.github.hubbleexport.deliver.QueuedDelivery;
import io.github.hubbleexport.deliver.RecordDelivery;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.stats.ExporterAccount;
import java.util.concurrent.TimeUnit;

/** Opens the part of an exporter that stands behind its encoder, with the settings that it has unless told otherwise. */
public final class Deliveries {

    private static final long FLUSH_NANOS = ExporterBuilder.DEFAULT_FLUSH_INTERVAL.toNanos();

    private Deliveries() {}

    /** By the thread that exports. */
    public static RecordDelivery direct(Sink sink) {
        return started(new DirectDelivery(writer(sink), ExporterBuilder.DEFAULT_BATCH_BYTES, FLUSH_NANOS));
    }

    /** By a thread of its own, behind a queue that makes the one that exports wait for room, so that nothing is lost. */
    public static RecordDelivery queued(Sink sink) {
        QueueBounds bounds = new QueueBounds(
                Delivery.DEFAULT_QUEUE_BYTES,
                Delivery.DEFAULT_QUEUE_EVENTS,
                QueueBounds.Overflow.BLOCK,
                TimeUnit.MINUTES.toNanos(1));
        return started(new QueuedDelivery(writer(sink), ExporterBuilder.DEFAULT_BATCH_BYTES, FLUSH_NANOS, bounds));
    }

    private static BatchWriter writer(Sink sink) {
        System.Logger log = System.getLogger(Deliveries.class.getName());
        ExporterAccount account =
                ExporterAccount.open("benchmark", null, null, log, System::nanoTime, System::currentTimeMillis);
        return new BatchWriter(sink, false, null, account, System::nanoTime, System::currentTimeMillis);
    }

    private static RecordDelivery started(RecordDelivery delivery) {
        delivery.start();
        return delivery;
    }
}
