package io.github.hubbleexport.filter;

import static java.util.Map.entry;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns one {@code flow.FlowFilter} into clauses. Mirrors {@code DefaultFilters} and {@code BuildFilter} of
 * {@code pkg/hubble/filters/filters.go}; what it does not know is refused, never ignored.
 */
final class FilterCompiler {

    private static final String SOURCE = "flow.source";
    private static final String DESTINATION = "flow.destination";

    /** How each field is compiled, in the order of {@code flow.proto}. */
    private static final Map<String, Function<FieldScope, Clause>> FIELDS = Map.ofEntries(
            entry("uuid", scope -> new TextClause(Slots.UUID, true, scope.texts())),
            entry("source_ip", scope -> IpAddresses.compile(scope, "flow.IP.source")),
            entry("source_ip_xlated", scope -> IpAddresses.compile(scope, "flow.IP.source_xlated")),
            entry("source_pod", scope -> NamespacedNames.pods(scope, SOURCE)),
            entry("source_fqdn", scope -> HostNames.compile(scope, "flow.source_names")),
            entry("source_label", scope -> Labels.compile(scope, SOURCE + ".labels")),
            entry("source_service", scope -> NamespacedNames.services(scope, "flow.source_service")),
            entry("source_workload", Workloads::source),
            entry("source_cluster_name", scope -> clusterNames(scope, SOURCE)),
            entry("destination_ip", scope -> IpAddresses.compile(scope, "flow.IP.destination")),
            entry("destination_pod", scope -> NamespacedNames.pods(scope, DESTINATION)),
            entry("destination_fqdn", scope -> HostNames.compile(scope, "flow.destination_names")),
            entry("destination_label", scope -> Labels.compile(scope, DESTINATION + ".labels")),
            entry("destination_service", scope -> NamespacedNames.services(scope, "flow.destination_service")),
            entry("destination_workload", Workloads::destination),
            entry("destination_cluster_name", scope -> clusterNames(scope, DESTINATION)),
            entry("traffic_direction", scope -> NumberClause.ofFlow(Slots.TRAFFIC_DIRECTION, scope.enums())),
            entry("verdict", scope -> NumberClause.ofFlow(Slots.VERDICT, scope.enums())),
            entry("drop_reason_desc", DropReasons::new),
            entry("interface", Interfaces::new),
            entry("event_type", EventTypes::new),
            entry("http_status_code", HttpStatusCodes::compile),
            entry("protocol", Protocols::compile),
            entry("source_port", scope -> Ports.compile(scope, "source_port")),
            entry("destination_port", scope -> Ports.compile(scope, "destination_port")),
            entry("reply", Replies::new),
            entry("dns_query", Patterns::dnsQueries),
            entry("source_identity", scope -> identities(scope, SOURCE)),
            entry("destination_identity", scope -> identities(scope, DESTINATION)),
            entry("http_method", HttpMethods::compile),
            entry("http_path", Patterns::httpPaths),
            entry("http_url", Patterns::httpUrls),
            entry("http_header", HttpHeaders::compile),
            entry("tcp_flags", TcpFlagSets::new),
            entry("node_name", NodeNames::compile),
            entry("node_labels", scope -> Labels.compile(scope, "flow.node_labels")),
            entry("ip_version", scope -> NumberClause.ofFlow(Slots.IP_VERSION, scope.enums())),
            entry("trace_id", scope -> new TextClause(Slots.TRACE_ID, false, scope.texts())),
            entry("ip_trace_id", scope -> NumberClause.ofAnyEvent(Slots.IP_TRACE_ID, scope.numbers())),
            entry("encrypted", scope -> NumberClause.ofFlow(Slots.ENCRYPTED, scope.booleans())));

    private FilterCompiler() {}

    /**
     * Compiles a filter.
     *
     * @param path where it stands
     * @param problems takes what is wrong; what is returned is then of no use
     */
    static FilterProgram compile(FlowFilter filter, String path, Problems problems) {
        List<Clause> clauses = new ArrayList<>();
        refuseUnknown(filter, path, problems);
        for (FieldDescriptor field : FlowFilter.getDescriptor().getFields()) {
            if (field.isRepeated() && filter.getRepeatedFieldCount(field) > 0) {
                clauses.add(clause(filter, field, path, problems));
            }
        }
        Clause expressions = expressions(filter, path, problems);
        if (expressions != null) {
            clauses.add(expressions);
        }
        return new FilterProgram(filter, clauses);
    }

    /** The one field that is neither repeated nor of the filter itself. */
    private static @Nullable Clause expressions(FlowFilter filter, String path, Problems problems) {
        List<String> expressions = filter.getExperimental().getCelExpressionList();
        return expressions.isEmpty()
                ? null
                : CelExpressions.compile(expressions, path + ".experimental.cel_expression", problems);
    }

    private static Clause clause(FlowFilter filter, FieldDescriptor field, String path, Problems problems) {
        Function<FieldScope, Clause> compiler = FIELDS.get(field.getName());
        if (compiler == null) {
            throw new IllegalStateException("no clause for the field " + field.getName());
        }
        return compiler.apply(new FieldScope(filter, field, path + "." + field.getName(), problems));
    }

    /** Fields that came with the wire bytes of a newer filter. */
    private static void refuseUnknown(Message message, String path, Problems problems) {
        message.getUnknownFields()
                .asMap()
                .keySet()
                .forEach(number -> problems.add(
                        path, "", "holds the field number " + number + ", which this version does not know"));
        message.getAllFields().forEach((field, value) -> {
            String fieldPath = path + "." + field.getName();
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                refuseUnknownIn(value, fieldPath, problems);
            }
        });
    }

    private static void refuseUnknownIn(Object value, String path, Problems problems) {
        if (value instanceof Message one) {
            refuseUnknown(one, path, problems);
            return;
        }
        List<?> elements = (List<?>) value;
        for (int i = 0; i < elements.size(); i++) {
            refuseUnknown((Message) elements.get(i), path + "[" + i + "]", problems);
        }
    }

    /** Mirrors {@code pkg/hubble/filters/cluster_name.go}. */
    private static Clause clusterNames(FieldScope scope, String endpoint) {
        List<String> names = scope.texts();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isEmpty()) {
                scope.refuse(i, "", "expected the name of a cluster, got nothing");
            }
        }
        return new TextClause(Slots.of(endpoint + ".cluster_name"), true, names);
    }

    /** Mirrors {@code pkg/hubble/filters/identity.go}: an endpoint without identity has identity 0. */
    private static Clause identities(FieldScope scope, String endpoint) {
        List<Long> identities = scope.numbers().stream()
                .map(number -> Integer.toUnsignedLong(number.intValue()))
                .toList();
        return NumberClause.within(Slots.of(endpoint), Slots.of(endpoint + ".identity"), identities);
    }
}
