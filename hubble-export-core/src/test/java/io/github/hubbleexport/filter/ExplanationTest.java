package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.github.hubbleexport.filter.Explanation.FilterResult;
import io.github.hubbleexport.filter.Explanation.Refusal;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why an event passes or does not, for people and for programs. */
class ExplanationTest {

    private static final ExportEvent DROPPED = Events.flow(
            "\"verdict\":\"DROPPED\",\"source\":{\"namespace\":\"shop\",\"pod_name\":\"web-1\"},\"uuid\":\"u\"");

    @Test
    void withoutFiltersEverythingPasses() {
        Explanation explanation = FlowFilters.none().explain(DROPPED);
        assertThat(explanation.passes()).isTrue();
        assertThat(explanation).hasToString("passes: there are no filters");
        assertThat(explanation.eventKind()).isEqualTo("flow");
    }

    @Test
    void tellsTheFirstFieldInTheOrderOfTheFile() {
        // Numbers are compared before pods, which stand before them.
        FlowFilters filters = FlowFilters.parse(
                "{\"verdict\":[\"AUDIT\"],\"source_pod\":[\"shop/db\",\"kube-system/\"]} {\"verdict\":[\"DROPPED\"]}",
                "{\"uuid\":[\"v\"]}");
        Explanation explanation = filters.explain(DROPPED);
        assertThat(explanation.passes()).isTrue();
        assertThat(explanation.allowlist())
                .containsExactly(
                        new FilterResult(
                                "allowlist[0]",
                                "{\"source_pod\":[\"shop/db\",\"kube-system/\"],\"verdict\":[\"AUDIT\"]}",
                                false,
                                false,
                                new Refusal("source_pod", List.of("shop/db", "kube-system/"), "shop/web-1")),
                        new FilterResult("allowlist[1]", "{\"verdict\":[\"DROPPED\"]}", false, true, null));
        assertThat(explanation).hasToString("""
                passes: allowlist[1] matched and no filter of the denylist matched
                  allowlist[0] did not match: source_pod is "shop/web-1", wanted "shop/db" or "kube-system/"
                  allowlist[1] matched: {"verdict":["DROPPED"]}
                  denylist[0] did not match: uuid is "u", wanted "v\"""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"uuid":["v"]}                   |                  | does not pass: no filter of the allowlist matched
            {"uuid":["v"]}                   | {"uuid":["u"]}   | does not pass: no filter of the allowlist matched
            {"uuid":["u"]}                   |                  | passes: allowlist[0] matched
            {"uuid":["v"]} {} {"uuid":["u"]} |                  | passes: allowlist[1] matched
                                             | {"uuid":["v"]}   | passes: no filter of the denylist matched
                                             | {"uuid":["v"]}{} | does not pass: denylist[1] matched
            {}                               | {}               | does not pass: denylist[0] matched
            """)
    void summarises(String allow, String deny, String summary) {
        FlowFilters filters = FlowFilters.parse(allow == null ? "" : allow, deny == null ? "" : deny);
        assertThat(filters.explain(DROPPED).summary()).isEqualTo(summary);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 77_777})
    void decidesAsTheFiltersDo(long seed) {
        RandomFilters random = new RandomFilters(seed);
        int refusals = 0;
        for (int list = 0; list < 300; list++) {
            FlowFilters filters = FlowFilters.of(random.filters(3), random.filters(2));
            for (int i = 0; i < 20; i++) {
                ExportEvent event = random.event();
                Explanation explanation = filters.explain(event);
                assertThat(explanation.passes())
                        .as(() -> "seed " + seed + ": " + filters + event + explanation)
                        .isEqualTo(filters.matches(event));
                refusals += check(filters.allow(), explanation.allowlist(), event);
                refusals += check(filters.deny(), explanation.denylist(), event);
            }
        }
        assertThat(refusals).isGreaterThan(1_000);
    }

    /** The blamed field refuses the event alone, and all before it let it through. */
    private static int check(List<FlowFilter> filters, List<FilterResult> results, ExportEvent event) {
        assertThat(results).hasSameSizeAs(filters);
        int refusals = 0;
        for (int i = 0; i < results.size(); i++) {
            FilterResult result = results.get(i);
            assertThat(result.matched()).isEqualTo(NaiveFilter.pass(List.of(filters.get(i)), List.of(), event));
            assertThat(result.refusal().isPresent()).isEqualTo(!result.matched());
            if (!result.matched()) {
                assertThat(result.refusal().orElseThrow().field()).isEqualTo(firstRefusing(filters.get(i), event));
                refusals++;
            }
        }
        return refusals;
    }

    private static String firstRefusing(FlowFilter filter, ExportEvent event) {
        for (FieldDescriptor field : FlowFilter.getDescriptor().getFields()) {
            if (field.isRepeated()) {
                FlowFilter alone = FlowFilter.newBuilder()
                        .setField(field, filter.getField(field))
                        .build();
                if (!NaiveFilter.pass(List.of(alone), List.of(), event)) {
                    return field.getName();
                }
            }
        }
        throw new AssertionError("no field of " + filter + " refuses " + event);
    }

    @Test
    void hasSomethingToSayAboutEveryField() {
        for (FieldDescriptor field : FlowFilter.getDescriptor().getFields()) {
            assertThat(EventValues.knows(field.getName())).as(field.getName()).isEqualTo(field.isRepeated());
        }
    }

    /** A field of a filter, an event, and what it has there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            uuid                     | {"uuid":"u"}                                          | u
            uuid                     | {}                                                    | -
            source_ip                | {"IP":{"source":"10.0.0.1"}}                          | 10.0.0.1
            source_ip_xlated         | {"IP":{"source_xlated":"::1"}}                        | ::1
            destination_ip           | {"IP":{"destination":"::2"}}                          | ::2
            source_pod               | {"source":{"namespace":"a"}}                          | a/
            source_pod               | {"destination":{"namespace":"a","pod_name":"b"}}      | -
            destination_pod          | {"destination":{"namespace":"a","pod_name":"b"}}      | a/b
            source_fqdn              | {"source_names":["a","b"]}                            | a, b
            destination_fqdn         | {"destination_names":["a","b"]}                       | a, b
            source_label             | {"source":{"labels":["k8s:a=b","c"]}}                 | k8s:a=b, c
            destination_label        | {"source":{"labels":["k8s:a=b","c"]}}                 | -
            destination_label        | {"destination":{"labels":["d"]}}                      | d
            source_service           | {"source_service":{"name":"s","namespace":"n"}}       | n/s
            destination_service      | {"destination_service":{"name":"s"}}                  | /s
            source_workload          | {"source":{"workloads":[{"name":"n","kind":"k"},{}]}} | k/n, /
            destination_workload     | {"destination":{"workloads":[{"name":"n"}]}}          | /n
            source_cluster_name      | {"source":{"cluster_name":"c"}}                       | c
            destination_cluster_name | {"destination":{"cluster_name":"c"}}                  | c
            traffic_direction        | {"traffic_direction":"EGRESS"}                        | EGRESS
            verdict                  | {"verdict":99}                                        | 99
            verdict                  | {}                                                    | VERDICT_UNKNOWN
            drop_reason_desc         | {"verdict":"DROPPED","drop_reason_desc":133}          | POLICY_DENIED
            drop_reason_desc         | {"verdict":"AUDIT","drop_reason_desc":133}            | verdict AUDIT
            interface                | {"interface":{"index":3,"name":"eth0"}}               | 3/eth0
            interface                | {}                                                    | -
            event_type               | {"event_type":{"type":4,"sub_type":1}}                | 4/1
            event_type               | {}                                                    | -
            http_status_code         | {"l7":{"http":{"code":404}}}                          | 404
            http_status_code         | {"l7":{"dns":{}}}                                     | -
            protocol                 | {"l4":{"TCP":{}},"l7":{"http":{}}}                    | TCP, http
            protocol                 | {"l7":{"type":"REQUEST"}}                             | -
            source_port              | {"l4":{"UDP":{"source_port":53}}}                     | 53
            destination_port         | {"l4":{"SCTP":{"destination_port":53}}}               | 53
            destination_port         | {"l4":{"ICMPv4":{}}}                                  | -
            reply                    | {"is_reply":true}                                     | true
            reply                    | {"verdict":"DROPPED"}                                 | false
            reply                    | {}                                                    | -
            dns_query                | {"l7":{"dns":{"query":"q."}}}                         | q.
            source_identity          | {"source":{"identity":7}}                             | 7
            source_identity          | {}                                                    | -
            destination_identity     | {"destination":{}}                                    | 0
            http_method              | {"l7":{"http":{"method":"GET"}}}                      | GET
            http_path                | {"l7":{"http":{"url":"http://a/b"}}}                  | http://a/b
            http_url                 | {"l7":{"http":{"url":"http://a/b"}}}                  | http://a/b
            http_header              | {"l7":{"http":{"headers":[{"key":"k","value":"v"}]}}} | k: v
            tcp_flags                | {"l4":{"TCP":{"flags":{"SYN":true,"ACK":true}}}}      | {SYN ACK}
            tcp_flags                | {"l4":{"TCP":{"flags":{}}}}                           | {}
            tcp_flags                | {"l4":{"TCP":{}}}                                     | -
            node_name                | {"node_name":"c/n"}                                   | c/n
            node_labels              | {"node_labels":["a=b"]}                               | a=b
            ip_version               | {"IP":{"ipVersion":"IPv6"}}                           | IPv6
            trace_id                 | {"trace_context":{"parent":{"trace_id":"t"}}}         | t
            ip_trace_id              | {"ip_trace_id":{"trace_id":"5"}}                      | 5
            encrypted                | {"IP":{"encrypted":true}}                             | true
            experimental.cel_expression | {}                                                 | not true
            """)
    void tellsTheValueOfTheEvent(String field, String flow, String found) {
        ExportEvent event = Events.event("{\"flow\":" + flow + "}");
        assertThat(EventValues.find(field, event)).isEqualTo(found);
    }

    @Test
    void tellsOfOtherEvents() {
        FlowFilters filters = FlowFilters.parse("{\"event_type\":[{\"type\":1,\"match_sub_type\":true}]}", "");
        Explanation agent = filters.explain(Events.event("{\"agent_event\":{\"type\":\"POLICY_UPDATED\"}}"));
        assertThat(agent.eventKind()).isEqualTo("agent_event");
        assertThat(agent.allowlist().get(0).refusal().orElseThrow())
                .hasToString("event_type is \"130/3\", wanted \"{\\\"type\\\":1,\\\"match_sub_type\\\":true}\"");
        Explanation debug = filters.explain(Events.event("{\"debug_event\":{\"type\":1}}"));
        assertThat(debug.allowlist().get(0).refusal().orElseThrow().found()).isEqualTo("2/1");
        assertThat(filters.explain(Events.event("{\"lost_events\":{}}")).passes())
                .isTrue();
        Explanation empty = filters.explain(ExportEvent.getDefaultInstance());
        assertThat(empty.eventKind()).isEqualTo("empty");
        assertThat(empty.allowlist().get(0))
                .hasToString("allowlist[0] did not match: event_type is not there,"
                        + " wanted \"{\\\"type\\\":1,\\\"match_sub_type\\\":true}\"");
        Refusal trace = FlowFilters.parse("{\"ip_trace_id\":[5]}", "")
                .explain(ExportEvent.getDefaultInstance())
                .allowlist()
                .get(0)
                .refusal()
                .orElseThrow();
        assertThat(trace).isEqualTo(new Refusal("ip_trace_id", List.of("5"), "0"));
    }

    @Test
    void expressionsComeLast() {
        FlowFilters filters = FlowFilters.parse(
                "{\"experimental\":{\"cel_expression\":[\"_flow.uuid == 'v'\"]},\"uuid\":[\"u\"]}", "");
        assertThat(filters.explain(DROPPED).allowlist().get(0).refusal().orElseThrow())
                .hasToString("experimental.cel_expression is \"not true\", wanted \"_flow.uuid == 'v'\"");
        assertThat(filters.explain(Events.flow("\"uuid\":\"x\"")).allowlist().get(0))
                .hasToString("allowlist[0] did not match: uuid is \"x\", wanted \"u\"");
    }

    @Test
    void linesStayLinesOfReadableLength() {
        List<String> uuids = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            uuids.add("u\n" + i + "x".repeat(1_000));
        }
        FlowFilters filters =
                FlowFilters.of(List.of(FlowFilter.newBuilder().addAllUuid(uuids).build()), List.of());
        Explanation explanation = filters.explain(Events.flow("\"uuid\":\"" + "\\n".repeat(10_000) + "\""));
        assertThat(explanation.toString().lines()).hasSize(2).allMatch(line -> line.length() < 3_000);
        assertThat(explanation.toString()).contains("or one of 995 more");
        assertThat(explanation.allowlist().get(0).refusal().orElseThrow().wanted())
                .isEqualTo(uuids);
    }

    @Test
    void isOneLineOfJson() throws JsonProcessingException {
        FlowFilters filters = FlowFilters.builder()
                .allowJson("{\"source_pod\":[\"shop/\\n\"],\"verdict\":[\"AUDIT\"]} {\"trace_id\":[\"t\"]}")
                .allowIf("na\"me", event -> true)
                .build();
        String json = filters.explain(DROPPED).toJson();
        assertThat(json).doesNotContain("\n");
        JsonNode tree = new ObjectMapper().readTree(json);
        assertThat(tree).isEqualTo(new ObjectMapper().readTree("""
                {"passes":true,"summary":"passes: allowlist[2] matched","event_kind":"flow","allowlist":[
                  {"path":"allowlist[0]","filter":{"source_pod":["shop/\\n"],"verdict":["AUDIT"]},"matched":false,
                   "refused_by":{"field":"source_pod","wanted":["shop/\\n"],"found":"shop/web-1"}},
                  {"path":"allowlist[1]","filter":{"trace_id":["t"]},"matched":false,
                   "refused_by":{"field":"trace_id","wanted":["t"],"found":null}},
                  {"path":"allowlist[2]","predicate":"na\\"me","matched":true}],"denylist":[]}"""));
    }

    @Test
    void predicatesAreNamed() {
        FlowFilters filters = FlowFilters.builder()
                .allowIf("even\nones", event -> false)
                .denyIf("odd ones", event -> true)
                .build();
        assertThat(filters.explain(DROPPED)).hasToString("""
                does not pass: no filter of the allowlist matched
                  allowlist[0] (the predicate "even\\u000aones") did not match
                  denylist[0] (the predicate "odd ones") matched""");
    }

    @Test
    void whatAPredicateThrowsComesOut() {
        FlowFilters filters = FlowFilters.builder()
                .denyIf("broken", event -> {
                    throw new IllegalStateException("as told");
                })
                .build();
        assertThatThrownBy(() -> filters.explain(DROPPED)).hasMessage("as told");
    }
}
