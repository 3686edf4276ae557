package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.proto.flow.DropReason;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.flow.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts to filters: all forms of lists, the rules of protobuf's JSON, and everything that is wrong at once. */
class FlowFilterParserTest {

    private static final FlowFilter WEB =
            FlowFilter.newBuilder().addSourcePod("shop/web").build();
    private static final FlowFilter DROPS =
            FlowFilter.newBuilder().addVerdict(Verdict.DROPPED).build();

    private static List<FlowFilter> parse(String text) {
        return FlowFilters.parse(text, "").allow();
    }

    private static FlowFilter single(String text) {
        List<FlowFilter> filters = parse(text);
        assertThat(filters).hasSize(1);
        return filters.get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"source_pod\":[\"shop/web\"]} {\"verdict\":[\"DROPPED\"]}",
                "{\"source_pod\":[\"shop/web\"]}\n{\"verdict\":[\"DROPPED\"]}\n",
                "\t{\"source_pod\":[\"shop/web\"]}{\"verdict\":[\"DROPPED\"]}",
                "[{\"source_pod\":[\"shop/web\"]}, {\"verdict\":[\"DROPPED\"]}]",
                " [\n{\"sourcePod\":[\"shop/web\"]},\n{\"verdict\":[2]}\n]\n",
                "allowlist:\n- '{\"source_pod\":[\"shop/web\"]}'\n- '{\"verdict\":[\"DROPPED\"]}'\n",
                "allowlist:\n    - '{\"source_pod\":[\"shop/web\"]}'\n    - '{\"verdict\":[\"DROPPED\"]}'\ndenylist: []\n",
                "# of yesterday\nallowlist: [\"{\\\"source_pod\\\":[\\\"shop/web\\\"]}\", '{\"verdict\":[2]}']\ndenylist:\n",
            })
    void readsEveryFormOfAList(String text) {
        assertThat(parse(text)).containsExactly(WEB, DROPS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n\t", "[]", "allowlist: []", "allowlist:\n", "denylist: []", "# nothing\n"})
    void readsEmptyLists(String text) {
        assertThat(FlowFilters.parse(text, "")).isEqualTo(FlowFilters.none());
    }

    @Test
    void takesBothListsOfADocument() {
        String both = "allowlist:\n- '{\"source_pod\":[\"shop/web\"]}'\ndenylist:\n- '{\"verdict\":[2]}'\n";
        FlowFilters expected = FlowFilters.of(List.of(WEB), List.of(DROPS));
        assertThat(FlowFilters.parse(both, "")).isEqualTo(expected);
        assertThat(FlowFilters.parse(" ", both)).isEqualTo(expected);
    }

    @Test
    void takesEachListFromItsText() {
        FlowFilters filters = FlowFilters.parse("allowlist: ['{\"source_pod\":[\"shop/web\"]}']", "{\"verdict\":[2]}");
        assertThat(filters).isEqualTo(FlowFilters.of(List.of(WEB), List.of(DROPS)));
    }

    @Test
    void refusesAListThatIsGivenTwice() {
        List<Problem> problems = Refusals.of("allowlist: ['{}']\ndenylist: ['{\"verdict\":[2]}']", "{}");
        assertThat(problems).extracting(Problem::path).containsExactly("allowlist");
        assertThat(problems.get(0).reason()).contains("denylist", "given elsewhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allowlst: ['{}']",
                "allowlist: x",
                "allowlist: [{source_pod: [x]}]",
                "allowlist: ['{}']\nallowlist: ['{}']",
                "allowlist: ['{}'",
                "allowlist: []\n---\nallowlist: []",
                "source_pod=web",
                "- '{}'",
                "allowlist: ['']",
                "allowlist: ['{} {}']",
                "allowlist: ['[]']",
                "allowlist: ['{]']",
            })
    void refusesOtherDocuments(String text) {
        assertThat(Refusals.of(text, ""))
                .hasSize(1)
                .allMatch(problem -> problem.path().startsWith("allowlist"));
    }

    @Test
    void suggestsTheKeyThatWasMeant() {
        assertThat(Refusals.single("denylsit: []").toString()).contains("denylsit", "did you mean denylist?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"source_pod\":[\"x\"]",
                "{\"source_pod\":[\"x\"]},",
                "{},{}",
                "[{}] {}",
                "[{}",
                "[{},]",
                "[[{}]]",
                "[null]",
                "[\"{}\"]",
                "{} x",
                "{'source_pod':['x']}",
                "{\"source_pod\":[\"x\"],}",
                "{\"source_identity\":[01]}",
                "{\"source_identity\":[NaN]}",
                "{/**/}",
                "{\"source_pod\":[\"a\nb\"]}",
                "{\"source_pod\":[\"\\ud800\"]}",
                "\ufeff{}",
            })
    void refusesMalformedLists(String text) {
        assertThat(Refusals.of(text, "")).isNotEmpty();
        assertThat(Refusals.of("", text))
                .isNotEmpty()
                .allMatch(problem -> problem.path().startsWith("denylist"));
    }

    @Test
    void saysWhereTheSyntaxBreaks() {
        assertThat(Refusals.single("{}\n{\"source_pod\":}").reason()).contains("malformed JSON", "line 2, column 15");
    }

    @Test
    void knowsBothNamesOfAField() {
        assertThat(single("{\"sourcePod\":[\"shop/web\"]}")).isEqualTo(WEB);
        assertThat(single("{\"tcpFlags\":[{\"SYN\":true}]}").getTcpFlags(0).getSYN())
                .isTrue();
        assertThat(Refusals.single("{\"source_pod\":[\"x\"],\"sourcePod\":[\"y\"]}")
                        .reason())
                .contains("twice");
        assertThat(Refusals.single("{\"tcp_flags\":[{\"SYN\":true,\"SYN\":true}]}")
                        .path())
                .isEqualTo("allowlist[0].tcp_flags[0].SYN");
    }

    @Test
    void readsNumbersInEveryWayOfProtobuf() {
        assertThat(single("{\"source_identity\":[1, \"2\", 3.0, 4e0, \"5.0\", 60E-1, 4294967295]}")
                        .getSourceIdentityList())
                .containsExactly(1, 2, 3, 4, 5, 6, -1);
        assertThat(single("{\"ip_trace_id\":[\"18446744073709551615\", 1e19]}").getIpTraceIdList())
                .containsExactly(-1L, Long.parseUnsignedLong("10000000000000000000"));
        assertThat(single("{\"event_type\":[{\"type\":-2147483648,\"subType\":\"2147483647\"}]}")
                        .getEventType(0)
                        .getSubType())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "4294967296",
                "1.5",
                "\"\"",
                "\" 1\"",
                "\"1 \"",
                "\"+1\"",
                "\"01\"",
                "\"0x1\"",
                "\"1.\"",
                "true",
                "null",
                "[]",
                "{}",
                "1e10",
                "1e999999999",
                "\"1e999999999\"",
                "1e9999999999",
                "-0",
                "\"-0\"",
                "\"NaN\"",
            })
    void refusesWhatIsNoUnsignedNumber(String number) {
        assertThat(Refusals.single("{\"source_identity\":[7," + number + "]}").path())
                .isEqualTo("allowlist[0].source_identity[1]");
    }

    @Test
    void readsEnumsByNameAndNumber() {
        FlowFilter filter = single("{\"drop_reason_desc\":[\"POLICY_DENIED\", 134, 133.0, 9999]}");
        assertThat(filter.getDropReasonDescValueList()).containsExactly(133, 134, 133, 9999);
        assertThat(filter.getDropReasonDesc(0)).isEqualTo(DropReason.POLICY_DENIED);
        Problem unknown = Refusals.single("{\"verdict\":[\"DROPED\"]}");
        assertThat(unknown.value()).isEqualTo("DROPED");
        assertThat(unknown.reason()).contains("did you mean DROPPED");
        assertThat(Refusals.single("{\"verdict\":[\"2\"]}").reason()).contains("no name of Verdict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"source_pod\":null", "\"source_pod\":[]", "\"experimental\":null", "\"experimental\":{}"})
    void takesNullAndEmptyForNotSet(String member) {
        FlowFilters filters = FlowFilters.parse("{" + member + ",\"verdict\":[2]}", "");
        assertThat(filters).isEqualTo(FlowFilters.of(List.of(DROPS), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"source_pod\":\"x\"",
                "\"source_pod\":[1]",
                "\"source_pod\":[null]",
                "\"source_pod\":{}",
                "\"source_pod\":[[\"x\"]]",
                "\"reply\":[\"true\"]",
                "\"reply\":[1]",
                "\"verdict\":\"DROPPED\"",
                "\"verdict\":[null]",
                "\"verdict\":[true]",
                "\"source_workload\":[\"x\"]",
                "\"source_workload\":{}",
                "\"source_workload\":[null]",
                "\"experimental\":[]",
                "\"experimental\":\"\"",
                "\"source_workload\":[{\"nam\":\"x\"}]",
                "\"\":[]",
                "\"[ext]\":1",
            })
    void refusesOtherTypes(String member) {
        assertThat(Refusals.single("{" + member + "}").path()).startsWith("allowlist[0].");
    }

    @Test
    void refusesUnknownFieldsWithTheNearestKnownOnes() {
        Problem problem = Refusals.single("{\"source_prot\":[\"80\"],\"verdict\":[2]}");
        assertThat(problem.path()).isEqualTo("allowlist[0].source_prot");
        assertThat(problem.reason()).contains("unknown field", "did you mean", "source_port");
        assertThat(problem.line()).isEqualTo(1);
        assertThat(problem.column()).isEqualTo(16);
        assertThat(problem.toString()).contains("(line 1, column 16)");
    }

    @Test
    void tellsEverythingAtOnce() {
        List<Problem> problems = Refusals.of(
                "{\"source_pod\":[\"\",\"x\",\"\"],\"nope\":1} {\"source_ip\":[\"10.0.0.0/33\"],\"verdict\":[\"X\",null]}",
                "[{}, {\"source_port\":[\"65536\"],\"http_url\":[\"(\"],\"event_type\":[{\"type\":1}],"
                        + "\"tcp_flags\":[{},{\"SYN\":1}],\"source_label\":[\"a=b\",\"a b\"]}]");
        assertThat(problems)
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "allowlist[0].nope",
                        "allowlist[0].source_pod[0]",
                        "allowlist[0].source_pod[2]",
                        "allowlist[1].source_ip[0]",
                        "allowlist[1].verdict[0]",
                        "allowlist[1].verdict[1]",
                        "denylist[1].source_port[0]",
                        "denylist[1].http_url[0]",
                        "denylist[1].http_url",
                        "denylist[1].tcp_flags[1].SYN",
                        "denylist[1].source_label[1]");
        assertThat(problems)
                .filteredOn(problem -> problem.path().equals("allowlist[1].source_ip[0]"))
                .extracting(Problem::value)
                .containsExactly("10.0.0.0/33");
    }

    @Test
    void aFieldWithAProblemDoesNotShiftOthers() {
        assertThat(Refusals.of("{\"source_pod\":[1,\"\"],\"destination_pod\":[\"x\",\"\"]}", ""))
                .extracting(Problem::path)
                .containsExactly("allowlist[0].source_pod[0]", "allowlist[0].destination_pod[1]");
    }

    @Test
    void survivesHostileNesting() {
        String deep = "{\"experimental\":" + "{\"x\":".repeat(100_000);
        assertThatThrownBy(() -> FlowFilters.parse(deep, "")).isInstanceOf(ConfigException.class);
        String lists = "{\"nope\":" + "[".repeat(100_000);
        assertThatThrownBy(() -> FlowFilters.parse(lists, "")).isInstanceOf(ConfigException.class);
        String yaml = "allowlist: " + "[".repeat(100_000);
        assertThatThrownBy(() -> FlowFilters.parse(yaml, "")).isInstanceOf(ConfigException.class);
    }
}
