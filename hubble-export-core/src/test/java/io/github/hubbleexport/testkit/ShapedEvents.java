package io.github.hubbleexport.testkit;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.HTTP;
import io.github.hubbleexport.proto.flow.Layer7;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.ByteArrayOutputStream;

/** Events of a cluster, changed in one respect whose cost is to be seen. */
public final class ShapedEvents {

    private ShapedEvents() {}

    /**
     * An event of about so many bytes: made smaller by taking away labels, greater by adding headers to an HTTP request.
     *
     * @param event an event of {@link ClusterEvents}
     * @param bytes on the wire; what comes out has them to about a tenth, but is never smaller than some 150 bytes
     */
    public static ExportEvent sized(ExportEvent event, int bytes) {
        if (!event.hasFlow()) {
            return event;
        }
        ExportEvent.Builder sized = event.toBuilder();
        Flow.Builder flow = sized.getFlowBuilder();
        if (event.getSerializedSize() > bytes) {
            shrink(flow);
        }
        pad(sized, bytes);
        return sized.build();
    }

    private static void shrink(Flow.Builder flow) {
        flow.clearNodeLabels().clearEthernet().clearInterface().clearL7().clearTraceContext();
        flow.clearUuid().clearDestinationService().clearEgressAllowedBy();
        flow.getSourceBuilder().clearLabels().clearWorkloads();
        flow.getDestinationBuilder().clearLabels().clearWorkloads();
    }

    private static void pad(ExportEvent.Builder event, int bytes) {
        HTTP.Builder http = HTTP.newBuilder();
        int size = event.build().getSerializedSize();
        for (int number = 0; size < bytes - 50; number++) {
            String value = "value-" + number + "-of-a-header-that-a-proxy-added";
            http.addHeaders(ClusterTraffic.header("X-Header-" + number, value));
            size += value.length() + 21;
        }
        if (http.getHeadersCount() > 0) {
            event.getFlowBuilder().mergeL7(Layer7.newBuilder().setHttp(http).build());
        }
    }

    /**
     * Another encoding of an event, of the same meaning: its flow comes in two parts, which a reader has to merge. An
     * event without a flow stays as it is.
     */
    public static byte[] split(byte[] wire) {
        try {
            ExportEvent event = ExportEvent.parseFrom(wire);
            return event.hasFlow() ? split(event) : wire;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] split(ExportEvent event) {
        Flow flow = event.getFlow();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Flow ends = Flow.newBuilder()
                .setSource(flow.getSource())
                .setDestination(flow.getDestination())
                .build();
        Flow rest = flow.toBuilder().clearSource().clearDestination().build();
        bytes.writeBytes(event.toBuilder().setFlow(rest).build().toByteArray());
        bytes.writeBytes(ExportEvent.newBuilder().setFlow(ends).build().toByteArray());
        return bytes.toByteArray();
    }
}
