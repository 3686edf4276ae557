package io.github.hubbleexport.filter;

import static java.util.Map.entry;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Layer4;
import io.github.hubbleexport.proto.flow.NetworkInterface;
import io.github.hubbleexport.proto.flow.Service;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an event has where a field of a filter looks, for people. Takes no part in decisions. */
final class EventValues {

    private interface Value extends Function<Flow, @Nullable String> {}

    private static final Map<String, Value> OF_FLOWS = Map.ofEntries(
            entry("uuid", flow -> flow.getUuid()),
            entry("source_ip", flow -> flow.getIP().getSource()),
            entry("source_ip_xlated", flow -> flow.getIP().getSourceXlated()),
            entry("source_pod", flow -> pod(flow.getSource())),
            entry("source_fqdn", flow -> join(flow.getSourceNamesList())),
            entry("source_label", flow -> join(flow.getSource().getLabelsList())),
            entry("source_service", flow -> service(flow.getSourceService())),
            entry("source_workload", flow -> workloads(flow.getSource())),
            entry("source_cluster_name", flow -> flow.getSource().getClusterName()),
            entry("destination_ip", flow -> flow.getIP().getDestination()),
            entry("destination_pod", flow -> pod(flow.getDestination())),
            entry("destination_fqdn", flow -> join(flow.getDestinationNamesList())),
            entry("destination_label", flow -> join(flow.getDestination().getLabelsList())),
            entry("destination_service", flow -> service(flow.getDestinationService())),
            entry("destination_workload", flow -> workloads(flow.getDestination())),
            entry("destination_cluster_name", flow -> flow.getDestination().getClusterName()),
            entry("traffic_direction", flow -> field(flow, "traffic_direction")),
            entry("verdict", flow -> field(flow, "verdict")),
            entry("drop_reason_desc", EventValues::dropReason),
            entry("interface", flow -> flow.hasInterface() ? networkInterface(flow.getInterface()) : null),
            entry("event_type", EventValues::eventType),
            entry("http_status_code", flow -> http(flow, field(flow.getL7().getHttp(), "code"))),
            entry("protocol", EventValues::protocols),
            entry("source_port", flow -> port(flow, "source_port")),
            entry("destination_port", flow -> port(flow, "destination_port")),
            entry("reply", EventValues::reply),
            entry("dns_query", flow -> flow.getL7().getDns().getQuery()),
            entry("source_identity", flow -> identity(flow.hasSource(), flow.getSource())),
            entry("destination_identity", flow -> identity(flow.hasDestination(), flow.getDestination())),
            entry("http_method", flow -> flow.getL7().getHttp().getMethod()),
            entry("http_path", flow -> flow.getL7().getHttp().getUrl()),
            entry("http_url", flow -> flow.getL7().getHttp().getUrl()),
            entry("http_header", EventValues::headers),
            entry("tcp_flags", EventValues::tcpFlags),
            entry("node_name", flow -> flow.getNodeName()),
            entry("node_labels", flow -> join(flow.getNodeLabelsList())),
            entry("ip_version", flow -> field(flow.getIP(), "ipVersion")),
            entry("trace_id", flow -> flow.getTraceContext().getParent().getTraceId()),
            entry("ip_trace_id", flow -> field(flow.getIpTraceId(), "trace_id")),
            entry("encrypted", flow -> field(flow.getIP(), "encrypted")));

    private EventValues() {}

    /** Whether there is something to say for every field of this name. */
    static boolean knows(String field) {
        return OF_FLOWS.containsKey(field);
    }

    /**
     * The value that decided, or what comes nearest to it.
     *
     * @param field the name of a field of {@code flow.FlowFilter}
     * @return null if the event has none, which is how filters treat an empty text, too
     */
    static @Nullable String find(String field, ExportEvent event) {
        if (field.equals(FilterExplainer.CEL_FIELD)) {
            return "not true";
        }
        Value value = OF_FLOWS.get(field);
        String text = value == null ? null : value(field, value, event);
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable String value(String field, Value ofFlow, ExportEvent event) {
        if (event.hasFlow()) {
            return ofFlow.apply(event.getFlow());
        }
        return switch (field) {
            case "event_type" -> eventType(event);
            case "ip_trace_id" -> ofFlow.apply(Flow.getDefaultInstance());
            default -> null;
        };
    }

    /** The kind of an event as the name of its member, for example {@code agent_event}. */
    static String kind(ExportEvent event) {
        ExportEvent.ResponseTypesCase kind = event.getResponseTypesCase();
        return kind == ExportEvent.ResponseTypesCase.RESPONSETYPES_NOT_SET
                ? "empty"
                : kind.name().toLowerCase(Locale.ROOT);
    }

    private static String field(Message message, String name) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        return FilterText.plain(field, message.getField(field));
    }

    private static @Nullable String join(List<String> texts) {
        return texts.isEmpty() ? null : String.join(", ", texts);
    }

    private static @Nullable String pod(Endpoint endpoint) {
        return named(endpoint.getNamespace(), endpoint.getPodName());
    }

    private static @Nullable String service(Service service) {
        return named(service.getNamespace(), service.getName());
    }

    private static @Nullable String named(String namespace, String name) {
        return namespace.isEmpty() && name.isEmpty() ? null : namespace + "/" + name;
    }

    private static @Nullable String workloads(Endpoint endpoint) {
        return join(endpoint.getWorkloadsList().stream()
                .map(workload -> workload.getKind() + "/" + workload.getName())
                .toList());
    }

    private static @Nullable String identity(boolean isThere, Endpoint endpoint) {
        return isThere ? field(endpoint, "identity") : null;
    }

    private static String networkInterface(NetworkInterface one) {
        return field(one, "index") + "/" + one.getName();
    }

    private static @Nullable String http(Flow flow, String value) {
        return flow.getL7().hasHttp() ? value : null;
    }

    /** Only dropped flows have one, so the verdict says more about others. */
    private static String dropReason(Flow flow) {
        boolean isDropped = flow.getVerdict() == Verdict.DROPPED;
        return isDropped ? field(flow, "drop_reason_desc") : "verdict " + field(flow, "verdict");
    }

    private static @Nullable String eventType(Flow flow) {
        return flow.hasEventType()
                ? flow.getEventType().getType() + "/" + flow.getEventType().getSubType()
                : null;
    }

    private static @Nullable String eventType(ExportEvent event) {
        return switch (event.getResponseTypesCase()) {
            case AGENT_EVENT -> EventTypes.AGENT + "/" + event.getAgentEvent().getTypeValue();
            case DEBUG_EVENT -> EventTypes.DEBUG + "/" + event.getDebugEvent().getTypeValue();
            default -> null;
        };
    }

    private static @Nullable String protocols(Flow flow) {
        return join(Stream.of(flow.getL4(), flow.getL7())
                .flatMap(layer -> layer.getAllFields().keySet().stream())
                .filter(field -> field.getContainingOneof() != null)
                .map(FieldDescriptor::getName)
                .toList());
    }

    private static @Nullable String port(Flow flow, String name) {
        Layer4 layer = flow.getL4();
        return switch (layer.getProtocolCase()) {
            case TCP -> field(layer.getTCP(), name);
            case UDP -> field(layer.getUDP(), name);
            case SCTP -> field(layer.getSCTP(), name);
            default -> null;
        };
    }

    private static @Nullable String reply(Flow flow) {
        boolean isKnown = flow.hasIsReply() || flow.getVerdict() == Verdict.DROPPED;
        return isKnown ? String.valueOf(flow.getIsReply().getValue()) : null;
    }

    private static @Nullable String headers(Flow flow) {
        return join(flow.getL7().getHttp().getHeadersList().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .toList());
    }

    private static @Nullable String tcpFlags(Flow flow) {
        if (!flow.getL4().getTCP().hasFlags()) {
            return null;
        }
        return flow.getL4().getTCP().getFlags().getAllFields().keySet().stream()
                .map(FieldDescriptor::getName)
                .collect(Collectors.joining(" ", "{", "}"));
    }
}
