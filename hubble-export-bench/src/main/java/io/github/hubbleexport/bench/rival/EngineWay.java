package io.github.hubbleexport.bench.rival;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;

/** The exporter as a host builds it: full batches go to a sink that drops them. */
abstract class EngineWay implements EventWay {

    private final Drop sink = new Drop();
    private final FlowExporter exporter;

    EngineWay(Configuration configuration) {
        exporter = new ExporterBuilder()
                .allowList(configuration.allowList())
                .denyList(configuration.denyList())
                .fieldMask(configuration.fieldMask())
                .sink(sink)
                .build();
    }

    abstract ExportOutcome hand(int event, FlowExporter to);

    @Override
    public final int export(int event) {
        return hand(event, exporter) == ExportOutcome.FILTERED ? 0 : 1;
    }

    @Override
    public final String line(int event) {
        exporter.flush();
        sink.text = "";
        sink.keepsText = true;
        export(event);
        exporter.flush();
        sink.keepsText = false;
        return sink.text;
    }

    @Override
    public final void close() {
        exporter.close();
    }

    private static final class Drop extends Sink {

        // The exporter's own thread may bring a batch, too.
        private volatile boolean keepsText;
        private volatile String text = "";

        @Override
        public void write(LineBatch batch) {
            if (keepsText) {
                text = batch.toString();
            }
        }
    }
}
