package io.github.hubbleexport.bench;

import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.JsonFormat;
import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What a Java developer would write first, with the official libraries. */
final class ObviousWay implements EventWay {

    private static final Set<String> NAMESPACES = Set.of("kube-system", "monitoring", "shop");

    private final JsonFormat.Printer printer =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();
    private final Configuration configuration;
    private final FieldMask mask;

    ObviousWay(Configuration configuration) {
        this.configuration = configuration;
        this.mask =
                FieldMask.newBuilder().addAllPaths(configuration.fieldMask()).build();
    }

    @Override
    public int export(byte[] wire) {
        // The bytes, because that is what a file takes.
        return line(wire).getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String line(byte[] wire) {
        try {
            ExportEvent event = ExportEvent.parseFrom(wire);
            return passes(event) ? printer.print(masked(event)) + "\n" : "";
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {}

    private boolean passes(ExportEvent event) {
        return switch (configuration) {
            case NONE -> true;
            case SEED -> passesSeed(event.getFlow());
        };
    }

    private static boolean passesSeed(Flow flow) {
        return (isAllowed(flow.getSource()) || isAllowed(flow.getDestination()))
                && !flow.getL4().hasICMPv4()
                && !flow.getL4().hasICMPv6();
    }

    private static boolean isAllowed(Endpoint endpoint) {
        return NAMESPACES.contains(endpoint.getNamespace());
    }

    private ExportEvent masked(ExportEvent event) {
        if (mask.getPathsCount() == 0 || !event.hasFlow()) {
            return event;
        }
        Flow.Builder flow = Flow.newBuilder();
        FieldMaskUtil.merge(mask, event.getFlow(), flow);
        ExportEvent.Builder masked = ExportEvent.newBuilder().setFlow(flow).setNodeName(flow.getNodeName());
        if (flow.hasTime()) {
            masked.setTime(flow.getTime());
        }
        return masked.build();
    }
}
