package io.github.hubbleexport.filter;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.EventTypeFilter;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.flow.HTTP;
import io.github.hubbleexport.proto.flow.Layer4;
import io.github.hubbleexport.proto.flow.Layer7;
import io.github.hubbleexport.proto.flow.NetworkInterface;
import io.github.hubbleexport.proto.flow.TCPFlags;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.flow.Workload;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Filters as one would write them down in an afternoon: over messages and texts, value by value, nothing prepared. It
 * takes valid filters only.
 */
final class NaiveFilter {

    private static final String NAME = "[-0-9_a-z]+(\\.[-0-9_a-z]+)*";

    private NaiveFilter() {}

    static boolean pass(List<FlowFilter> allow, List<FlowFilter> deny, ExportEvent event) {
        return (allow.isEmpty() || allow.stream().anyMatch(filter -> matches(filter, event)))
                && deny.stream().noneMatch(filter -> matches(filter, event));
    }

    static boolean matches(FlowFilter filter, ExportEvent event) {
        return filter.getAllFields().keySet().stream()
                .filter(FieldDescriptor::isRepeated)
                .allMatch(field -> matches(field.getName(), filter, event));
    }

    private static boolean matches(String field, FlowFilter filter, ExportEvent event) {
        Flow flow = event.getFlow();
        boolean isFlow = event.hasFlow();
        return switch (field) {
            case "uuid" -> isFlow && filter.getUuidList().contains(flow.getUuid());
            case "source_ip" -> ip(filter.getSourceIpList(), flow.getIP().getSource());
            case "source_ip_xlated" ->
                ip(filter.getSourceIpXlatedList(), flow.getIP().getSourceXlated());
            case "destination_ip" ->
                ip(filter.getDestinationIpList(), flow.getIP().getDestination());
            case "source_pod" -> pod(filter.getSourcePodList(), flow.getSource());
            case "destination_pod" -> pod(filter.getDestinationPodList(), flow.getDestination());
            case "source_service" ->
                named(
                        filter.getSourceServiceList(),
                        flow.getSourceService().getNamespace(),
                        flow.getSourceService().getName());
            case "destination_service" ->
                named(
                        filter.getDestinationServiceList(),
                        flow.getDestinationService().getNamespace(),
                        flow.getDestinationService().getName());
            case "source_fqdn" -> hosts(filter.getSourceFqdnList(), flow.getSourceNamesList());
            case "destination_fqdn" -> hosts(filter.getDestinationFqdnList(), flow.getDestinationNamesList());
            case "source_label" ->
                NaiveSelector.anyMatches(
                        filter.getSourceLabelList(), flow.getSource().getLabelsList());
            case "destination_label" ->
                NaiveSelector.anyMatches(
                        filter.getDestinationLabelList(), flow.getDestination().getLabelsList());
            case "node_labels" -> NaiveSelector.anyMatches(filter.getNodeLabelsList(), flow.getNodeLabelsList());
            case "source_workload" -> workloads(filter.getSourceWorkloadList(), flow.getSource());
            case "destination_workload" -> workloads(filter.getDestinationWorkloadList(), flow.getDestination());
            case "source_cluster_name" ->
                filter.getSourceClusterNameList().contains(flow.getSource().getClusterName());
            case "destination_cluster_name" ->
                filter.getDestinationClusterNameList()
                        .contains(flow.getDestination().getClusterName());
            case "traffic_direction" ->
                isFlow && filter.getTrafficDirectionValueList().contains(flow.getTrafficDirectionValue());
            case "verdict" -> isFlow && filter.getVerdictValueList().contains(flow.getVerdictValue());
            case "drop_reason_desc" ->
                flow.getVerdict() == Verdict.DROPPED
                        && filter.getDropReasonDescValueList().contains(flow.getDropReasonDescValue());
            case "interface" -> flow.hasInterface() && interfaces(filter.getInterfaceList(), flow.getInterface());
            case "event_type" -> eventTypes(filter.getEventTypeList(), event);
            case "http_status_code" ->
                status(filter.getHttpStatusCodeList(), flow.getL7().getHttp());
            case "protocol" -> filter.getProtocolList().stream().anyMatch(name -> protocol(name, flow));
            case "source_port" -> ports(filter.getSourcePortList(), flow.getL4(), true);
            case "destination_port" -> ports(filter.getDestinationPortList(), flow.getL4(), false);
            case "reply" ->
                (flow.hasIsReply() || flow.getVerdict() == Verdict.DROPPED)
                        && filter.getReplyList().contains(flow.getIsReply().getValue());
            case "dns_query" ->
                flow.getL7().hasDns()
                        && found(filter.getDnsQueryList(), flow.getL7().getDns().getQuery());
            case "source_identity" ->
                flow.hasSource()
                        && filter.getSourceIdentityList()
                                .contains(flow.getSource().getIdentity());
            case "destination_identity" ->
                flow.hasDestination()
                        && filter.getDestinationIdentityList()
                                .contains(flow.getDestination().getIdentity());
            case "http_method" ->
                !http(flow).getMethod().isEmpty()
                        && filter.getHttpMethodList().stream()
                                .anyMatch(http(flow).getMethod()::equalsIgnoreCase);
            case "http_path" -> path(filter.getHttpPathList(), http(flow).getUrl());
            case "http_url" ->
                !http(flow).getUrl().isEmpty()
                        && found(filter.getHttpUrlList(), http(flow).getUrl());
            case "http_header" -> http(flow).getHeadersList().stream().anyMatch(filter.getHttpHeaderList()::contains);
            case "tcp_flags" -> flags(filter.getTcpFlagsList(), flow.getL4());
            case "node_name" -> nodes(filter.getNodeNameList(), flow.getNodeName());
            case "ip_version" ->
                isFlow && filter.getIpVersionValueList().contains(flow.getIP().getIpVersionValue());
            case "trace_id" ->
                filter.getTraceIdList()
                        .contains(flow.getTraceContext().getParent().getTraceId());
            case "ip_trace_id" ->
                filter.getIpTraceIdList().contains(flow.getIpTraceId().getTraceId());
            case "encrypted" ->
                isFlow && filter.getEncryptedList().contains(flow.getIP().getEncrypted());
            default -> throw new IllegalStateException("no rule for " + field);
        };
    }

    private static HTTP http(Flow flow) {
        return flow.getL7().getHttp();
    }

    private static boolean ip(List<String> wanted, String address) {
        return wanted.stream()
                .anyMatch(value -> value.contains("/")
                        ? NaiveAddress.isIn(address, value)
                        : !address.isEmpty() && address.equals(value));
    }

    private static boolean pod(List<String> wanted, Endpoint endpoint) {
        return named(wanted, endpoint.getNamespace(), endpoint.getPodName());
    }

    private static boolean named(List<String> wanted, String namespace, String name) {
        if (namespace.isEmpty() && name.isEmpty()) {
            return false;
        }
        return wanted.stream().anyMatch(value -> {
            String[] parts = (value.contains("/") ? value : "default/" + value).split("/", -1);
            return (parts[0].isEmpty() || parts[0].equals(namespace)) && name.startsWith(parts[1]);
        });
    }

    private static String regex(String glob) {
        return glob.toLowerCase(Locale.ROOT)
                .strip()
                .replaceFirst("\\.$", "")
                .replace(".", "\\.")
                .replace("*", "[-.0-9a-z]*");
    }

    private static boolean hosts(List<String> wanted, List<String> names) {
        return wanted.stream()
                .anyMatch(value ->
                        names.stream().anyMatch(Pattern.compile(regex(value)).asMatchPredicate()));
    }

    private static boolean nodes(List<String> wanted, String name) {
        String full = name.contains("/") ? name : "default/" + name;
        return !name.isEmpty()
                && wanted.stream().anyMatch(value -> {
                    String[] parts = (value.contains("/") ? value : "/" + value).split("/", -1);
                    String cluster = parts[0].isEmpty() ? NAME : regex(parts[0]);
                    String node = parts[1].isEmpty() ? NAME : regex(parts[1]);
                    return Pattern.compile(cluster + "/" + node).matcher(full).matches();
                });
    }

    private static boolean workloads(List<Workload> wanted, Endpoint endpoint) {
        return endpoint.getWorkloadsList().stream()
                .anyMatch(one -> wanted.stream()
                        .anyMatch(value -> isEmptyOr(value.getName(), one.getName())
                                && isEmptyOr(value.getKind(), one.getKind())));
    }

    private static boolean isEmptyOr(String wanted, String value) {
        return wanted.isEmpty() || wanted.equals(value);
    }

    private static boolean interfaces(List<NetworkInterface> wanted, NetworkInterface one) {
        return wanted.stream()
                .anyMatch(value -> (value.getIndex() == 0 || value.getIndex() == one.getIndex())
                        && isEmptyOr(value.getName(), one.getName()));
    }

    private static boolean eventTypes(List<EventTypeFilter> wanted, ExportEvent event) {
        return switch (event.getResponseTypesCase()) {
            case FLOW ->
                event.getFlow().hasEventType()
                        && eventType(
                                wanted,
                                event.getFlow().getEventType().getType(),
                                event.getFlow().getEventType().getSubType());
            case AGENT_EVENT -> eventType(wanted, 130, event.getAgentEvent().getTypeValue());
            case DEBUG_EVENT -> eventType(wanted, 2, event.getDebugEvent().getTypeValue());
            case LOST_EVENTS -> true;
            default -> false;
        };
    }

    private static boolean eventType(List<EventTypeFilter> wanted, int type, int subType) {
        return wanted.stream()
                .anyMatch(value -> (value.getType() == 0 || value.getType() == type)
                        && (!value.getMatchSubType() || value.getSubType() == subType));
    }

    private static boolean status(List<String> wanted, HTTP http) {
        String code = String.format(Locale.ROOT, "%03d", Integer.toUnsignedLong(http.getCode()));
        return http.getCode() != 0
                && wanted.stream()
                        .anyMatch(value -> value.endsWith("+")
                                ? code.startsWith(value.substring(0, value.length() - 1))
                                : code.equals(value));
    }

    @SuppressWarnings("deprecation") // Kafka flows still come
    private static boolean protocol(String name, Flow flow) {
        Layer4 l4 = flow.getL4();
        Layer7 l7 = flow.getL7();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "icmp" -> l4.hasICMPv4() || l4.hasICMPv6();
            case "icmpv4" -> l4.hasICMPv4();
            case "icmpv6" -> l4.hasICMPv6();
            case "tcp" -> l4.hasTCP();
            case "udp" -> l4.hasUDP();
            case "sctp" -> l4.hasSCTP();
            case "vrrp" -> l4.hasVRRP();
            case "igmp" -> l4.hasIGMP();
            case "dns" -> l7.hasDns();
            case "http" -> l7.hasHttp();
            case "kafka" -> l7.hasKafka();
            default -> throw new IllegalStateException("no protocol " + name);
        };
    }

    private static boolean ports(List<String> wanted, Layer4 l4, boolean source) {
        int port = switch (l4.getProtocolCase()) {
            case TCP -> source ? l4.getTCP().getSourcePort() : l4.getTCP().getDestinationPort();
            case UDP -> source ? l4.getUDP().getSourcePort() : l4.getUDP().getDestinationPort();
            case SCTP -> source ? l4.getSCTP().getSourcePort() : l4.getSCTP().getDestinationPort();
            default -> -1;
        };
        boolean hasPorts = l4.hasTCP() || l4.hasUDP() || l4.hasSCTP();
        return hasPorts && wanted.stream().anyMatch(value -> Integer.parseInt(value) == (port & 0xffff));
    }

    private static boolean found(List<String> patterns, String text) {
        return patterns.stream()
                .anyMatch(value -> Pattern.compile(value).matcher(text).find());
    }

    private static boolean path(List<String> patterns, String url) {
        try {
            URI uri = new URI(url);
            return !url.isEmpty() && found(patterns, uri.getPath());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean flags(List<TCPFlags> wanted, Layer4 l4) {
        TCPFlags flags = l4.getTCP().getFlags();
        return l4.getTCP().hasFlags()
                && wanted.stream()
                        .anyMatch(value -> value.getAllFields().entrySet().stream()
                                .allMatch(
                                        entry -> flags.getField(entry.getKey()).equals(entry.getValue())));
    }
}
