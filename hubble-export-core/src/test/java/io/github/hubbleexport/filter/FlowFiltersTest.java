package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.UnknownFieldSet;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.flow.Workload;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.wire.EventSchema;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The two lists together, what they read, print and equal, and that no field is ever ignored. */
class FlowFiltersTest {

    private static final ExportEvent DROPPED = Events.flow("\"verdict\":\"DROPPED\",\"uuid\":\"u\"");
    private static final ExportEvent FORWARDED = Events.flow("\"verdict\":\"FORWARDED\"");
    private static final FlowFilter DROPS =
            FlowFilter.newBuilder().addVerdict(Verdict.DROPPED).build();

    @Test
    void withoutFiltersEverythingPasses() {
        assertThat(FlowFilters.none().isEmpty()).isTrue();
        assertThat(FlowFilters.none().wantedSlots().isEmpty()).isTrue();
        assertThat(FlowFilters.none().matches(DROPPED)).isTrue();
        assertThat(FlowFilters.none().matches(ExportEvent.getDefaultInstance())).isTrue();
        assertThat(FlowFilters.parse("", "")).isEqualTo(FlowFilters.none());
    }

    @Test
    void theDenyListWins() {
        FlowFilters filters = FlowFilters.parse("{}", "{\"verdict\":[\"DROPPED\"]}");
        assertThat(filters.matches(FORWARDED)).isTrue();
        assertThat(filters.matches(DROPPED)).isFalse();
        assertThat(FlowFilters.parse("", "{}").matches(FORWARDED)).isFalse();
    }

    @Test
    void allFieldsAndAnyValue() {
        String filter = "{\"verdict\":[\"AUDIT\",\"DROPPED\"],\"uuid\":[\"x\",\"u\"]}";
        assertThat(Events.pass(filter, DROPPED)).isTrue();
        assertThat(Events.pass(filter, FORWARDED)).isFalse();
        assertThat(Events.pass("{\"verdict\":[\"DROPPED\"],\"uuid\":[\"x\"]}", DROPPED))
                .isFalse();
    }

    @Test
    void readsOnlyWhatItsClausesCompare() {
        FlowFilters filters = FlowFilters.parse("{\"source_port\":[\"80\"]}", "{\"node_name\":[\"x\"]}");
        assertThat(filters.wantedSlots().stream()
                        .mapToObj(slot -> EventSchema.get().field(slot).path()))
                .containsExactlyInAnyOrder(
                        "flow.l4.TCP",
                        "flow.l4.TCP.source_port",
                        "flow.l4.UDP",
                        "flow.l4.UDP.source_port",
                        "flow.l4.SCTP",
                        "flow.l4.SCTP.source_port",
                        "flow.node_name");
        filters.wantedSlots().clear();
        assertThat(filters.wantedSlots().isEmpty()).isFalse();
    }

    @Test
    void equalityIgnoresOrderAndRepetition() {
        FlowFilters one = FlowFilters.parse("{\"source_pod\":[\"a\",\"b\"]} {\"verdict\":[2,3]}", "{\"reply\":[true]}");
        FlowFilters other = FlowFilters.parse(
                "{\"verdict\":[\"ERROR\",2,2]} {\"source_pod\":[\"b\",\"a\"]} {\"verdict\":[2,3]}",
                "{\"reply\":[true]}");
        assertThat(other).isEqualTo(one).hasSameHashCodeAs(one);
        assertThat(FlowFilters.of(one.deny(), one.allow())).isNotEqualTo(one);
        assertThat(FlowFilters.parse("{\"source_pod\":[\"a\"]}", ""))
                .isNotEqualTo(one)
                .isNotEqualTo("a");
        assertThat(FlowFilters.parse("{\"experimental\":{}}", "")).isEqualTo(FlowFilters.parse("{}", ""));
    }

    @Test
    void printsWhatHubblePrints() {
        FlowFilters filters = FlowFilters.parse(
                "{\"verdict\":[2,99],\"sourcePod\":[\"it's \\\"x\\\"\\n\"],\"ip_trace_id\":[1],\"tcp_flags\":[{\"SYN\":true}]}",
                "");
        assertThat(filters).hasToString("""
                allowlist:
                - '{"source_pod":["it''s \\"x\\"\\u000a"],"verdict":["DROPPED",99],"tcp_flags":[{"SYN":true}],"ip_trace_id":["1"]}'
                denylist: []
                """);
    }

    @Test
    void cheapClausesRunFirst() {
        FlowFilter filter = FlowFilter.newBuilder()
                .addSourceLabel("a=b")
                .addHttpUrl("x")
                .addSourceWorkload(Workload.newBuilder().setName("w"))
                .addNodeName("n")
                .addVerdict(Verdict.DROPPED)
                .build();
        assertThat(FilterCompiler.compile(filter, "allowlist[0]", new Problems()))
                .hasToString("[verdict in [2], node_name like [any name/n], source.workloads like [/w],"
                        + " source.labels selected by [any:a in [b]], l7.http.url like [x]]");
    }

    @Test
    void everyFieldHasAClause() {
        for (FieldDescriptor field : FlowFilter.getDescriptor().getFields()) {
            if (field.isRepeated()) {
                FlowFilter filter = FlowFilter.newBuilder()
                        .addRepeatedField(field, value(field))
                        .build();
                FlowFilters compiled = FlowFilters.of(List.of(filter), List.of());
                assertThat(compiled.wantedSlots().isEmpty()).as(field.getName()).isFalse();
                assertThat(compiled.matches(ExportEvent.getDefaultInstance()))
                        .as(field.getName())
                        .isFalse();
            }
        }
    }

    private static Object value(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> text(field.getName());
            case INT -> 1;
            case LONG -> 1L;
            case BOOLEAN -> true;
            case ENUM -> field.getEnumType().getValues().get(1);
            case MESSAGE -> FlowFilter.newBuilder().newBuilderForField(field).build();
            default -> throw new IllegalStateException(field.getFullName());
        };
    }

    private static String text(String field) {
        return switch (field) {
            case "source_ip", "destination_ip", "source_ip_xlated" -> "10.0.0.1";
            case "http_status_code" -> "200";
            case "protocol" -> "tcp";
            case "source_port", "destination_port" -> "80";
            default -> field.toLowerCase(Locale.ROOT);
        };
    }

    @Test
    void refusesWhatItDoesNotKnowInAMessage() {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(77, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        FlowFilter outer = DROPS.toBuilder().setUnknownFields(unknown).build();
        FlowFilter inner = FlowFilter.newBuilder()
                .addSourceWorkload(Workload.newBuilder().setUnknownFields(unknown))
                .build();
        assertThatThrownBy(() -> FlowFilters.of(List.of(DROPS, outer), List.of(inner)))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::path)
                                .containsExactly("allowlist[1]", "denylist[0].source_workload[0]"))
                .hasMessageContaining("77");
    }

    @Test
    void anEventSmallerThanTheOneBeforeLeavesNothingBehind() {
        Scans filters = new Scans(
                FlowFilters.parse("{\"source_pod\":[\"/web\"]} {\"source_workload\":[{\"name\":\"w\"}]}", ""));
        ExportEvent large = Events.flow("\"Summary\":\"" + "x".repeat(100_000)
                + "\",\"source\":{\"pod_name\":\"web\",\"workloads\":[{\"name\":\"w\"}]}");
        assertThat(filters.pass(large)).isTrue();
        assertThat(filters.pass(Events.flow("\"source\":{\"workloads\":[{}]}"))).isFalse();
        assertThat(filters.pass(ExportEvent.getDefaultInstance())).isFalse();
    }
}
