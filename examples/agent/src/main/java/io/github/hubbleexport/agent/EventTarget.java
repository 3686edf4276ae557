package io.github.hubbleexport.agent;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.config.DynamicExporter;
import io.github.hubbleexport.proto.observer.ExportEvent;

/** What takes events: one exporter, or those of a flowlogs file. From any thread at once. */
interface EventTarget {

    ExportOutcome export(ExportEvent event);

    /** Takes the bytes of an {@code ExportEvent}, which are the caller's again when it returns. */
    ExportOutcome export(byte[] bytes, int offset, int length);

    static EventTarget of(FlowExporter exporter) {
        return new EventTarget() {
            @Override
            public ExportOutcome export(ExportEvent event) {
                return exporter.export(event);
            }

            @Override
            public ExportOutcome export(byte[] bytes, int offset, int length) {
                return exporter.export(bytes, offset, length);
            }
        };
    }

    static EventTarget of(DynamicExporter exporter) {
        return new EventTarget() {
            @Override
            public ExportOutcome export(ExportEvent event) {
                return exporter.export(event);
            }

            @Override
            public ExportOutcome export(byte[] bytes, int offset, int length) {
                return exporter.export(bytes, offset, length);
            }
        };
    }
}
