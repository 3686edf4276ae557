package io.github.hubbleexport.bench.rival;

import io.github.hubbleexport.deliver.RecordDelivery;
import io.github.hubbleexport.sink.RotatingSink;
import java.nio.file.Path;

/** The exporter's own way with a line, behind its encoder. */
final class DeliveryWay implements SinkWay {

    private final ReadyLines lines;
    private final RecordDelivery delivery;

    DeliveryWay(ReadyLines lines, Path file, boolean queued) {
        this.lines = lines;
        RotatingSink sink = RotatingSink.builder(file)
                .maxFileSizeMb(SinkRival.MAX_FILE_MB)
                .maxBackups(SinkRival.MAX_BACKUPS)
                .build();
        delivery = queued ? Deliveries.queued(sink) : Deliveries.direct(sink);
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
