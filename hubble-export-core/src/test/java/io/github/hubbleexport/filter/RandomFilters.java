package io.github.hubbleexport.filter;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Valid filters and events that draw from the same few values, so that they meet often. The same seed gives the same
 * filters and events.
 */
public final class RandomFilters {

    /** The fields that have several values. */
    static final List<FieldDescriptor> FIELDS = FlowFilter.getDescriptor().getFields().stream()
            .filter(FieldDescriptor::isRepeated)
            .toList();

    private static final int MAX_FIELDS = 3;
    private static final int MAX_VALUES = 3;
    private static final int EVENT_KINDS = 8;

    private static final List<String> ADDRESSES = List.of(
            "10.0.0.1",
            "10.0.1.7",
            "10.1.255.255",
            "192.168.1.1",
            "fd00::1",
            "FD00:0::0001",
            "::ffff:10.0.0.1",
            "::",
            "fe80::1%eth0",
            "1:2:3:4:5:6:7:8",
            "fd00:0:0:1::2");
    private static final List<String> HOSTS =
            List.of("api.github.com", "github.com", "my_host.example.org", "a.b.c.d", "localhost", "x");
    private static final List<String> LABELS = List.of(
            "k8s:app=web",
            "k8s:app=db",
            "any:app=x",
            "app=unspec",
            "k8s:tier=backend",
            "reserved:world",
            "$host",
            "reserved.health",
            "k8s:weight=7",
            "k8s:weight=-3",
            "k8s:weight=many",
            "k8s:empty=",
            "plain",
            ":odd=1",
            "=",
            "a:b:c=d:e=f",
            "k8s:a.b/c=d",
            "reserved:=init");
    private static final List<String> METHODS = List.of("GET", "get", "Post", "DELETE");
    private static final List<String> NODES =
            List.of("k8s-w1", "K8S-W1", "east/k8s-w1", "east/node.example.com", "default/node_a", "a/b/c", "/x", "x/");
    private static final List<String> URLS = List.of(
            "http://shop.svc/api/v1/items?id=1", "/relative/path", "http://shop.svc:8080/a%20b/c", "http://h", "*");

    /** Values of the texts of events, by the name of their field. */
    private static final Map<String, List<String>> EVENT_TEXTS = Map.ofEntries(
            Map.entry("uuid", List.of("u1", "u2")),
            Map.entry("source", ADDRESSES),
            Map.entry("source_xlated", ADDRESSES),
            Map.entry("destination", ADDRESSES),
            Map.entry("namespace", List.of("default", "kube-system", "shop")),
            Map.entry("pod_name", List.of("web-1", "web-2", "db", "w")),
            Map.entry("name", List.of("web", "db", "web-1", "eth0")),
            Map.entry("kind", List.of("Deployment", "DaemonSet")),
            Map.entry("cluster_name", List.of("east", "west")),
            Map.entry("source_names", HOSTS),
            Map.entry("destination_names", HOSTS),
            Map.entry("labels", LABELS),
            Map.entry("node_labels", LABELS),
            Map.entry("node_name", NODES),
            Map.entry("query", List.of("kube-dns.kube-system.svc.", "example.org.", "")),
            Map.entry("method", METHODS),
            Map.entry("url", URLS),
            Map.entry("key", List.of("X-A", "x-a")),
            Map.entry("value", List.of("1", "two")),
            Map.entry("trace_id", List.of("4bf9", "")));

    private static final List<String> PREFIXES = List.of(
            "10.0.0.0/8",
            "10.0.1.0/24",
            "0.0.0.0/0",
            "192.168.1.1/32",
            "::/0",
            "fd00::/16",
            "::ffff:0:0/96",
            "1:2:3:4::/64",
            "10.1.128.0/17",
            "fd00::1/128",
            "10.0.0.1",
            "fd00::1",
            "::ffff:10.0.0.1");
    private static final List<String> NAMES =
            List.of("default/", "shop/web", "kube-system/db", "/web", "/", "web-1", "w", "default/w", "/db", "a/b/c");
    private static final List<String> GLOBS =
            List.of("*.github.com", "*", "api.*", "*.b.*", "my_host.*", "GitHub.com.", "a*d", "*a*o*", "x", "*.*.*.*");
    private static final List<String> SELECTORS = List.of(
            "app",
            "!app",
            "app=web",
            "k8s:app=web",
            "any:app==db",
            "app!=web",
            "app in (web, db)",
            "app notin (web,x)",
            "app!=web,app!=db,app!=web",
            "app in (web,db),app in (db,x)",
            "app=web,app=db",
            "tier=backend,app",
            "weight>5",
            "weight<5",
            "k8s:weight<0",
            "empty=",
            "empty in ()",
            "reserved:world",
            "reserved:host",
            "reserved:health",
            "reserved:init",
            "unspec:app",
            "unspec:odd=1",
            "plain,!app",
            "",
            "a:b",
            "a.b/c=d",
            "k8s:a.b/c in (d,e)",
            "app in (,web)");
    private static final List<String> PATTERNS = List.of("kube", "^$", "items", "^/a b", "svc", "e.a", "(?i)API", "c$");

    /** Values of the texts of filters, by the name of their field. */
    private static final Map<String, List<String>> FILTER_TEXTS = Map.ofEntries(
            Map.entry("uuid", List.of("u1", "")),
            Map.entry("source_ip", PREFIXES),
            Map.entry("source_ip_xlated", PREFIXES),
            Map.entry("destination_ip", PREFIXES),
            Map.entry("source_pod", NAMES),
            Map.entry("destination_pod", NAMES),
            Map.entry("source_service", NAMES),
            Map.entry("destination_service", NAMES),
            Map.entry("source_fqdn", GLOBS),
            Map.entry("destination_fqdn", GLOBS),
            Map.entry("source_label", SELECTORS),
            Map.entry("destination_label", SELECTORS),
            Map.entry("node_labels", SELECTORS),
            Map.entry("source_cluster_name", List.of("east", "west", "*")),
            Map.entry("destination_cluster_name", List.of("east", "west", "*")),
            Map.entry("http_status_code", List.of("200", "404", "4+", "10+", "42+", "5+")),
            Map.entry(
                    "protocol",
                    List.of("tcp", "UDP", "icmp", "icmpv6", "sctp", "vrrp", "igmp", "dns", "http", "kafka")),
            Map.entry("source_port", List.of("80", "443", "0", "00053")),
            Map.entry("destination_port", List.of("80", "443", "0", "65535")),
            Map.entry("dns_query", PATTERNS),
            Map.entry("http_method", METHODS),
            Map.entry("http_path", PATTERNS),
            Map.entry("http_url", PATTERNS),
            Map.entry(
                    "node_name",
                    List.of("k8s-w1", "east/", "east/*", "*.com", "default/node_a", "*/k8s*", "/", "x", "*")),
            Map.entry("trace_id", List.of("4bf9", "")),
            Map.entry("name", List.of("web", "db", "eth0", "")),
            Map.entry("kind", List.of("Deployment", "")),
            Map.entry("key", List.of("X-A", "x-a")),
            Map.entry("value", List.of("1", "two")));

    private static final List<Integer> NUMBERS =
            List.of(0, 1, 2, 4, 7, 129, 130, 133, 80, 443, 53, 65616, 200, 404, 42, 1000, -1);

    private final Random random;

    public RandomFilters(long seed) {
        this.random = new Random(seed);
    }

    /** As many as the bound at most, perhaps none. */
    public List<FlowFilter> filters(int most) {
        List<FlowFilter> filters = new ArrayList<>();
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            filters.add(filter());
        }
        return filters;
    }

    public FlowFilter filter() {
        List<FieldDescriptor> fields = new ArrayList<>();
        for (int left = 1 + random.nextInt(MAX_FIELDS); left > 0; left--) {
            fields.add(FIELDS.get(random.nextInt(FIELDS.size())));
        }
        return filter(fields);
    }

    /** A filter with these fields. */
    FlowFilter filter(List<FieldDescriptor> fields) {
        FlowFilter.Builder filter = FlowFilter.newBuilder();
        for (FieldDescriptor field : fields) {
            for (int values = 1 + random.nextInt(MAX_VALUES); values > 0; values--) {
                filter.addRepeatedField(field, value(filter, field, FILTER_TEXTS));
            }
        }
        return valid(filter);
    }

    /** With the type of event that conditions on HTTP need beside others. */
    static FlowFilter valid(FlowFilter.Builder filter) {
        boolean hasHttp = filter.getAllFields().keySet().stream()
                .anyMatch(field -> field.getName().startsWith("http_"));
        if (hasHttp && filter.getEventTypeCount() > 0) {
            filter.addEventTypeBuilder().setType(EventTypes.ACCESS_LOG);
        }
        return filter.build();
    }

    public ExportEvent event() {
        ExportEvent.Builder event = ExportEvent.newBuilder();
        switch (random.nextInt(EVENT_KINDS)) {
            case 0 -> fill(event.getAgentEventBuilder(), 0.5);
            case 1 -> fill(event.getDebugEventBuilder(), 0.5);
            case 2 -> event.getLostEventsBuilder();
            default -> fill(event.getFlowBuilder(), 0.2 + 0.8 * random.nextDouble());
        }
        return event.build();
    }

    private void fill(Message.Builder message, double density) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (random.nextDouble() >= density || isForeign(field)) {
                continue;
            }
            if (field.isRepeated()) {
                for (int values = 1 + random.nextInt(MAX_VALUES); values > 0; values--) {
                    message.addRepeatedField(field, value(message, field, EVENT_TEXTS));
                }
            } else {
                message.setField(field, value(message, field, EVENT_TEXTS));
            }
        }
    }

    private static boolean isForeign(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType().getFile().getPackage().equals("google.protobuf")
                && !field.getMessageType().equals(BoolValue.getDescriptor());
    }

    private Object value(Message.Builder message, FieldDescriptor field, Map<String, List<String>> texts) {
        int number = NUMBERS.get(random.nextInt(NUMBERS.size()));
        return switch (field.getJavaType()) {
            case MESSAGE -> message(message.newBuilderForField(field));
            case STRING -> oneOf(texts.getOrDefault(field.getName(), List.of("?")));
            case BOOLEAN -> random.nextBoolean();
            case INT -> number;
            case LONG -> (long) number;
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(number);
            default -> throw new IllegalStateException("no value for " + field.getFullName());
        };
    }

    private Message message(Message.Builder message) {
        fill(message, 0.7);
        return message.build();
    }

    private String oneOf(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
