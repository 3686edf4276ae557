package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.proto.observer.ExportEvent;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The families whose values are compared as they are: names, numbers, flags, types. */
class SmallFamiliesTest {

    private static final ExportEvent LOST = Events.event("{\"lost_events\":{}}");
    private static final ExportEvent AGENT = Events.event("{\"agent_event\":{\"type\":7}}");
    private static final ExportEvent DEBUG = Events.event("{\"debug_event\":{\"type\":7}}");
    private static final ExportEvent STATUS = Events.event("{\"node_status\":{}}");

    @ParameterizedTest
    @CsvSource({
        "shop/web, shop, web-1, true",
        "shop/web, shop, we, false",
        "shop/web, other, web-1, false",
        "shop/, shop, '', true",
        "shop/, '', web, false",
        "web, default, web-1, true",
        "web, shop, web-1, false",
        "web, '', web-1, false",
        "/web, shop, web-1, true",
        "/web, '', web-1, true",
        "/web, shop, '', false",
        "/, shop, '', true",
        "/, '', web, true",
        "/, '', '', false",
        "shop/, '', '', false",
        "a/b/c, a, b-1, true",
        "a/b/c, a, c, false",
        "/wéb, x, wéb, true",
    })
    void podsAndServicesByNamespaceAndPrefix(String value, String namespace, String name, boolean expected) {
        String pod = "{\"namespace\":\"" + namespace + "\",\"pod_name\":\"" + name + "\"}";
        assertThat(Events.pass("source_pod", value, Events.flow("\"source\":" + pod)))
                .isEqualTo(expected);
        assertThat(Events.pass("destination_pod", value, Events.flow("\"destination\":" + pod)))
                .isEqualTo(expected);
        assertThat(Events.pass("source_pod", value, Events.flow("\"destination\":" + pod)))
                .isFalse();
        String service = "{\"namespace\":\"" + namespace + "\",\"name\":\"" + name + "\"}";
        assertThat(Events.pass("source_service", value, Events.flow("\"source_service\":" + service)))
                .isEqualTo(expected);
        assertThat(Events.pass("destination_service", value, Events.flow("\"destination_service\":" + service)))
                .isEqualTo(expected);
    }

    @Test
    void prefixesThatBeginWithOthersAreStillFound() {
        String values =
                IntStream.range(0, 300).mapToObj(i -> "\"shop/p" + i + "\"").collect(Collectors.joining(","));
        Scans filters = new Scans(FlowFilters.parse("{\"source_pod\":[" + values + ",\"shop/a-b\",\"shop/a\"]}", ""));
        for (String name : new String[] {"p0", "p1x", "p299", "p3", "a", "a-b", "a-c", "aa", "p99999"}) {
            assertThat(filters.pass(Events.flow("\"source\":{\"namespace\":\"shop\",\"pod_name\":\"" + name + "\"}")))
                    .as(name)
                    .isTrue();
        }
        for (String name : new String[] {"p", "", "b", "P1", "Z", "~"}) {
            assertThat(filters.pass(Events.flow("\"source\":{\"namespace\":\"shop\",\"pod_name\":\"" + name + "\"}")))
                    .as(name)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source_pod",
                "destination_pod",
                "source_service",
                "destination_service",
                "source_cluster_name",
                "destination_cluster_name",
                "source_fqdn",
                "source_ip",
                "protocol",
                "source_port"
            })
    void refusesAnEmptyValue(String field) {
        assertThat(Refusals.single("{\"" + field + "\":[\"\"]}").path()).isEqualTo("allowlist[0]." + field + "[0]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"65536", "-1", "+80", "8 0", " 80", "0x50", "1_0", "\u0668", "99999999999999999999", "http"})
    void refusesWhatIsNoPort(String port) {
        assertThat(Refusals.single("{\"destination_port\":[\"80\",\"" + port + "\"]}")
                        .path())
                .isEqualTo("allowlist[0].destination_port[1]");
    }

    @Test
    void portsOfThreeProtocolsByTheirLowerBits() {
        for (String protocol : new String[] {"TCP", "UDP", "SCTP"}) {
            ExportEvent event = Events.flow("\"l4\":{\"" + protocol + "\":{\"destination_port\":131152}}");
            assertThat(Events.pass("destination_port", "000080", event)).isTrue();
            assertThat(Events.pass("destination_port", "81", event)).isFalse();
            assertThat(Events.pass("source_port", "0", event)).isTrue();
        }
        assertThat(Events.pass("source_port", "0", Events.flow("\"l4\":{\"ICMPv4\":{}}")))
                .isFalse();
        assertThat(Events.pass("source_port", "0", LOST)).isFalse();
        assertThat(Events.pass("source_port", "65535", Events.flow("\"l4\":{\"TCP\":{\"source_port\":65535}}")))
                .isTrue();
    }

    @Test
    void protocolsInAnyCase() {
        ExportEvent icmp = Events.flow("\"l4\":{\"ICMPv6\":{}}");
        assertThat(Events.pass("protocol", "ICMP", icmp)).isTrue();
        assertThat(Events.pass("protocol", "icmpV6", icmp)).isTrue();
        assertThat(Events.pass("protocol", "icmpv4", icmp)).isFalse();
        assertThat(Events.pass("protocol", "\u212aafka", Events.flow("\"l7\":{\"kafka\":{}}")))
                .isTrue();
        assertThat(Refusals.single("{\"protocol\":[\"tpc\"]}").reason()).contains("did you mean tcp");
    }

    @Test
    void typesAndSubtypesOfEvents() {
        ExportEvent flow = Events.flow("\"event_type\":{\"type\":4,\"sub_type\":3}");
        assertThat(Events.pass("{\"event_type\":[{\"type\":4}]}", flow)).isTrue();
        assertThat(Events.pass("{\"event_type\":[{\"type\":1},{}]}", flow)).isTrue();
        assertThat(Events.pass("{\"event_type\":[{\"type\":4,\"sub_type\":1}]}", flow))
                .isTrue();
        assertThat(Events.pass("{\"event_type\":[{\"match_sub_type\":true,\"sub_type\":3}]}", flow))
                .isTrue();
        assertThat(Events.pass("{\"event_type\":[{\"type\":4,\"match_sub_type\":true}]}", flow))
                .isFalse();
        assertThat(Events.pass("{\"event_type\":[{}]}", Events.flow("\"verdict\":1")))
                .isFalse();
    }

    @Test
    void otherEventsHaveTypesOfTheirOwn() {
        for (String type : new String[] {"1", "2", "130", "0"}) {
            String filter = "{\"event_type\":[{\"type\":" + type + ",\"match_sub_type\":true,\"sub_type\":7}]}";
            assertThat(Events.pass(filter, LOST)).isTrue();
            assertThat(Events.pass(filter, STATUS)).isFalse();
            assertThat(Events.pass(filter, AGENT)).isEqualTo(type.equals("130") || type.equals("0"));
            assertThat(Events.pass(filter, DEBUG)).isEqualTo(type.equals("2") || type.equals("0"));
        }
        assertThat(Events.pass("{\"event_type\":[{\"match_sub_type\":true}]}", AGENT))
                .isFalse();
    }

    @Test
    void aReplyIsKnownOrDropped() {
        ExportEvent yes = Events.flow("\"is_reply\":true");
        ExportEvent no = Events.flow("\"is_reply\":false");
        ExportEvent dropped = Events.flow("\"verdict\":\"DROPPED\"");
        ExportEvent unknown = Events.flow("\"verdict\":\"FORWARDED\"");
        assertThat(Events.pass("{\"reply\":[true]}", yes)).isTrue();
        assertThat(Events.pass("{\"reply\":[false]}", yes)).isFalse();
        assertThat(Events.pass("{\"reply\":[false]}", no)).isTrue();
        assertThat(Events.pass("{\"reply\":[false]}", dropped)).isTrue();
        assertThat(Events.pass("{\"reply\":[true]}", dropped)).isFalse();
        assertThat(Events.pass("{\"reply\":[true,false]}", unknown)).isFalse();
        assertThat(Events.pass("{\"reply\":[true,false]}", LOST)).isFalse();
    }

    @Test
    void reasonsOfDropsNeedADrop() {
        assertThat(Events.pass("{\"drop_reason_desc\":[133]}", Events.flow("\"verdict\":2,\"drop_reason_desc\":133")))
                .isTrue();
        assertThat(Events.pass("{\"drop_reason_desc\":[133]}", Events.flow("\"verdict\":1,\"drop_reason_desc\":133")))
                .isFalse();
        assertThat(Events.pass("{\"drop_reason_desc\":[0]}", Events.flow("\"verdict\":2")))
                .isTrue();
        assertThat(Events.pass("{\"drop_reason_desc\":[0]}", Events.flow("\"verdict\":1")))
                .isFalse();
    }

    @Test
    void zeroIsAValueOfFlowsOnly() {
        for (String field : new String[] {"verdict", "traffic_direction", "ip_version"}) {
            assertThat(Events.pass("{\"" + field + "\":[0]}", Events.flow("")))
                    .as(field)
                    .isTrue();
            assertThat(Events.pass("{\"" + field + "\":[0]}", LOST)).as(field).isFalse();
            assertThat(Events.pass("{\"" + field + "\":[-1,99]}", Events.flow("")))
                    .as(field)
                    .isFalse();
        }
        assertThat(Events.pass("{\"encrypted\":[false]}", Events.flow(""))).isTrue();
        assertThat(Events.pass("{\"encrypted\":[false]}", LOST)).isFalse();
        assertThat(Events.pass("{\"uuid\":[\"\"]}", Events.flow(""))).isTrue();
        assertThat(Events.pass("{\"uuid\":[\"\"]}", LOST)).isFalse();
        assertThat(Events.pass("{\"trace_id\":[\"\"]}", LOST)).isTrue();
        assertThat(Events.pass("{\"ip_trace_id\":[0]}", LOST)).isTrue();
    }

    @Test
    void anIdentityNeedsItsEndpoint() {
        assertThat(Events.pass("{\"source_identity\":[0]}", Events.flow("\"source\":{}")))
                .isTrue();
        assertThat(Events.pass("{\"source_identity\":[0]}", Events.flow("\"destination\":{}")))
                .isFalse();
        ExportEvent largest = Events.flow("\"destination\":{\"identity\":4294967295}");
        assertThat(Events.pass("{\"destination_identity\":[4294967295]}", largest))
                .isTrue();
        assertThat(Events.pass("{\"destination_identity\":[2147483647]}", largest))
                .isFalse();
    }

    @Test
    void flagsThatAreAskedForHaveToBeSet() {
        ExportEvent synAck = Events.flow("\"l4\":{\"TCP\":{\"flags\":{\"SYN\":true,\"ACK\":true,\"NS\":true}}}");
        assertThat(Events.pass("{\"tcp_flags\":[{\"SYN\":true}]}", synAck)).isTrue();
        assertThat(Events.pass("{\"tcp_flags\":[{\"NS\":true,\"ACK\":true}]}", synAck))
                .isTrue();
        assertThat(Events.pass("{\"tcp_flags\":[{\"SYN\":true,\"FIN\":true}]}", synAck))
                .isFalse();
        assertThat(Events.pass("{\"tcp_flags\":[{\"FIN\":true},{}]}", synAck)).isTrue();
        assertThat(Events.pass("{\"tcp_flags\":[{}]}", Events.flow("\"l4\":{\"TCP\":{}}")))
                .isFalse();
        assertThat(Events.pass("{\"tcp_flags\":[{\"SYN\":false}]}", Events.flow("\"l4\":{\"TCP\":{\"flags\":{}}}")))
                .isTrue();
    }

    @Test
    void workloadsAndInterfacesCompareWhatIsNotEmpty() {
        ExportEvent event = Events.flow("\"source\":{\"workloads\":[{\"name\":\"a\",\"kind\":\"K\"},{\"name\":\"b\"}]},"
                + "\"interface\":{\"index\":2,\"name\":\"eth0\"}");
        assertThat(Events.pass("{\"source_workload\":[{\"name\":\"b\"}]}", event))
                .isTrue();
        assertThat(Events.pass("{\"source_workload\":[{\"name\":\"b\",\"kind\":\"K\"}]}", event))
                .isFalse();
        assertThat(Events.pass("{\"source_workload\":[{\"kind\":\"K\"}]}", event))
                .isTrue();
        assertThat(Events.pass("{\"destination_workload\":[{}]}", event)).isFalse();
        assertThat(Events.pass("{\"interface\":[{\"name\":\"eth0\"}]}", event)).isTrue();
        assertThat(Events.pass("{\"interface\":[{\"index\":2,\"name\":\"eth1\"}]}", event))
                .isFalse();
        assertThat(Events.pass("{\"interface\":[{}]}", event)).isTrue();
        assertThat(Events.pass("{\"interface\":[{}]}", LOST)).isFalse();
    }
}
