package io.github.hubbleexport.bench.rival;

import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.FieldMaskUtil;
import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.util.Set;

/** A configuration in plain Java over protobuf-java's messages. */
public final class PlainJava {

    private static final Set<String> NAMESPACES = Set.of("kube-system", "monitoring", "shop");

    private final Configuration configuration;
    private final FieldMask mask;

    PlainJava(Configuration configuration) {
        this.configuration = configuration;
        this.mask =
                FieldMask.newBuilder().addAllPaths(configuration.fieldMask()).build();
    }

    static ExportEvent parse(WireEvents events, int event) {
        try {
            return ExportEvent.parser().parseFrom(events.bytes(), events.offset(event), events.length(event));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean passes(ExportEvent event) {
        return switch (configuration) {
            case NONE -> true;
            case SEED -> passesSeed(event.getFlow());
            case REJECTED -> isAbsentPod(event.getFlow().getSource());
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

    private static boolean isAbsentPod(Endpoint endpoint) {
        return endpoint.getNamespace().equals("shop") && endpoint.getPodName().startsWith("absent-");
    }

    ExportEvent masked(ExportEvent event) {
        return mask.getPathsCount() == 0 ? event : masked(event, mask);
    }

    /** An event with what a mask leaves of its flow, whose time and node name are those of the event. */
    public static ExportEvent masked(ExportEvent event, FieldMask mask) {
        if (!event.hasFlow()) {
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
