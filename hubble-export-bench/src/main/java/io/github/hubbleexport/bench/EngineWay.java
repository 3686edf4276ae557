package io.github.hubbleexport.bench;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;

/** The exporter as a host builds it, every line handed to a sink that only remembers the last one's place. */
final class EngineWay implements EventWay {

    private final LastLine sink = new LastLine();
    private final FlowExporter exporter;

    EngineWay(Configuration configuration) {
        exporter = new ExporterBuilder()
                .allowList(configuration.allowList())
                .denyList(configuration.denyList())
                .fieldMask(configuration.fieldMask())
                .sink(sink)
                .batchBytes(1)
                .build();
    }

    @Override
    public int export(byte[] wire) {
        sink.length = 0;
        exporter.export(wire);
        return sink.length;
    }

    @Override
    public String line(byte[] wire) {
        sink.text = "";
        sink.keepsText = true;
        exporter.export(wire);
        sink.keepsText = false;
        return sink.text;
    }

    @Override
    public void close() {
        exporter.close();
    }

    private static final class LastLine extends Sink {

        private int length;
        private boolean keepsText;
        private String text = "";

        @Override
        public void write(LineBatch batch) {
            length = batch.length();
            if (keepsText) {
                text = batch.toString();
            }
        }
    }
}
