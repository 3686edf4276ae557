package io.github.hubbleexport.agent;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.sink.RotatingSink;
import java.nio.file.Path;

/** What the demonstration's exporter is told: the shop's traffic and every drop, without DNS and pings. */
final class DemoSettings {

    static final String ALLOW_LIST =
            "{\"source_pod\":[\"shop/\"]} {\"destination_pod\":[\"shop/\"]} {\"verdict\":[\"DROPPED\"]}";
    static final String DENY_LIST = "{\"protocol\":[\"udp\"],\"destination_port\":[\"53\"]}"
            + " {\"protocol\":[\"udp\"],\"source_port\":[\"53\"]} {\"protocol\":[\"icmp\"]}";
    static final String FIELD_MASK = "time,verdict,drop_reason_desc,IP.source,IP.destination,l4,l7,"
            + "source.namespace,source.pod_name,destination.namespace,destination.pod_name,is_reply,node_name,Summary";
    static final int MAX_FILE_BYTES = 1 << 20;
    static final int MAX_BACKUPS = RotatingSink.DEFAULT_MAX_BACKUPS;

    private DemoSettings() {}

    static RotatingSink sink(Path file) {
        return RotatingSink.builder(file)
                .maxFileBytes(MAX_FILE_BYTES)
                .maxBackups(MAX_BACKUPS)
                .build();
    }

    /** The exporter under demonstration, except for its sink. */
    static ExporterBuilder masked() {
        return new ExporterBuilder()
                .name("demo")
                .allowList(ALLOW_LIST)
                .denyList(DENY_LIST)
                .fieldMask(FIELD_MASK);
    }

    /** What is exported without a mask, to compare with. */
    static ExporterBuilder whole() {
        return new ExporterBuilder().name("demo without mask");
    }

    static int maskedPaths() {
        return FlowMask.parse(FIELD_MASK).paths().size();
    }
}
