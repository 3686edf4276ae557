package io.github.hubbleexport.bench.rival;

import io.github.hubbleexport.deliver.DirectDelivery;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.stats.EventRecorder;
import io.github.hubbleexport.stats.LossReporter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The exporter's own way with a line, behind its encoder. */
final class DirectDeliveryWay implements SinkWay {

    private final ReadyLines lines;
    private final DirectDelivery delivery;

    DirectDeliveryWay(ReadyLines lines, Path file) {
        this.lines = lines;
        RotatingSink sink = RotatingSink.builder(file)
                .maxFileSizeMb(SinkRival.MAX_FILE_MB)
                .maxBackups(SinkRival.MAX_BACKUPS)
                .build();
        EventRecorder recorder = new EventRecorder();
        System.Logger log = System.getLogger(DirectDeliveryWay.class.getName());
        LossReporter losses = new LossReporter("benchmark", recorder, null, log, System::nanoTime);
        long flushInterval = TimeUnit.MILLISECONDS.toNanos(250);
        delivery = new DirectDelivery(sink, SinkRival.BUFFER_BYTES, flushInterval, "benchmark", recorder, losses);
        delivery.start();
    }

    @Override
    public void write(int line) {
        byte[] bytes = lines.bytes(line);
        delivery.deliver(bytes, 0, bytes.length);
    }

    @Override
    public void close() {
        delivery.close();
    }
}
