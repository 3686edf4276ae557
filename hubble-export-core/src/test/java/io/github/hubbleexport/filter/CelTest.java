package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Timestamp;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScanResult;
import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.UndecodableEventException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions of CEL. What Go answered to each is known; the rows of the conformance data come on top. */
class CelTest {

    private static final String MEMBERS = """
            "verdict":"DROPPED","is_reply":false,"drop_reason":4294967295,
            "source":{"pod_name":"xwing","labels":["k8s:app=xwing","k8s:org=rebels"]},
            "l4":{"TCP":{"destination_port":443,"flags":{"SYN":true}}}""";
    private static final ExportEvent FLOW = Events.flow(MEMBERS);
    private static final ExportEvent EMPTY = Events.flow("");
    private static final ExportEvent AGENT = Events.event("{\"agent_event\":{}}");

    private static String filter(String... expressions) {
        try {
            return new ObjectMapper()
                    .writeValueAsString(Map.of("experimental", Map.of("cel_expression", List.of(expressions))));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_flow.verdict == Verdict.DROPPED",
                "flow.Verdict.DROPPED == _flow.verdict",
                "_flow.source.labels.exists(l, l.startsWith('k8s:app='))",
                "_flow.source.labels.map(l, size(l)).exists_one(n, n > 13)",
                "has(_flow.l4.TCP) && !has(_flow.l4.UDP) && !has(_flow.l7)",
                "_flow.l4.TCP.destination_port == 443u",
                "dyn(_flow.l4.TCP.destination_port) == 443",
                "has(_flow.drop_reason) && _flow.drop_reason > 4000000000u",
                "_flow.is_reply == false",
                "_flow.source.pod_name.matches('^x.+g$')",
                "type(_flow) == Flow",
                "1 / 0 == 1 || true",
            })
    void seesTheFlow(String expression) {
        assertThat(Events.pass(filter(expression), FLOW)).isTrue();
        assertThat(Events.pass(filter("!(" + expression + ")"), FLOW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_flow.source.labels[5] == 'x'",
                "1 / 0 == 1",
                "9223372036854775807 + _flow.event_type.type + 1 > 0",
                "_flow.source.identity - 5u < 3u",
                "_flow.node_name.matches('(?=x)')",
                "_flow.time > timestamp('nonsense')",
                "{'a': 1}['b'] == 1",
                "'x'.matches('(a{1000}){1000}')",
            })
    void whatCannotBeEvaluatedDoesNotMatch(String expression) {
        assertThat(Events.pass(filter(expression), FLOW)).isFalse();
        assertThat(Events.pass(filter("!(" + expression + ")"), FLOW)).isFalse();
        assertThat(Events.pass(filter(expression), AGENT)).isFalse();
    }

    @Test
    void oneIsEnoughUnlessOneBeforeItFails() {
        assertThat(Events.pass(filter("false", "true"), FLOW)).isTrue();
        assertThat(Events.pass(filter("true", "1 / 0 == 1"), FLOW)).isTrue();
        assertThat(Events.pass(filter("1 / 0 == 1", "true"), FLOW)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            true                          | true  | true
            _flow.verdict == 0            | true  | true
            !has(_flow.source)            | true  | true
            _flow.source.pod_name == ''   | true  | true
            _flow.is_reply == null        | true  | true
            _flow.is_reply == false       | false | false
            _flow == null                 | false | false
            _flow == _flow                | true  | true
            _flow == Flow{}               | true  | false
            _flow != Flow{}               | false | true
            [_flow] == [Flow{}]           | true  | false
            """)
    void othersLookLikeAnEmptyFlowThatEqualsNone(String expression, boolean empty, boolean other) {
        assertThat(Events.pass(filter(expression), EMPTY)).isEqualTo(empty);
        assertThat(Events.pass(filter(expression), AGENT)).isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            _flow.nope == 1                          | column 6: undefined field 'nope'
            true && nope                             | column 9: undeclared reference to 'nope'
            _flow.l4.TCP.destination_port == 443     | column 31: found no matching overload
            (true                                    | column 6: missing ')'
            1                                        | expected an expression that is a bool, found one that is a int
            _flow.is_reply                           | expected an expression that is a bool, found one that is a
            dyn(true)                                | expected an expression that is a bool, found one that is a dyn
            _flow.source.pod_name.lowerAscii() == '' | column 33: undeclared reference to 'lowerAscii'
            """)
    void refusesWithPlaceValueAndReason(String expression, String reason) {
        Problem problem = Refusals.of(filter("true", expression), "").get(0);
        assertThat(problem.path()).isEqualTo("allowlist[0].experimental.cel_expression[1]");
        assertThat(problem.value()).isEqualTo(expression);
        assertThat(problem.reason()).contains(reason);
    }

    @Test
    void tellsTheLineAndEveryError() {
        assertThat(Refusals.of("", filter("true &&\n nope && nowhere", "1 +")))
                .extracting(Problem::path, problem -> problem.reason().split(": ", 2)[0])
                .containsExactly(
                        tuple("denylist[0].experimental.cel_expression[0]", "line 2, column 2"),
                        tuple("denylist[0].experimental.cel_expression[0]", "line 2, column 10"),
                        tuple("denylist[0].experimental.cel_expression[1]", "column 4"));
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() {
        String deep = "(".repeat(300) + "true" + ")".repeat(300);
        assertThat(Refusals.of(filter(deep), "")).isNotEmpty();
        String big = "'" + "x".repeat(100_000) + "' == ''";
        assertThat(Refusals.of(filter(big), "")).isNotEmpty();
    }

    @Test
    void loopsEnd() {
        String loop = "_flow.source.labels.all(a, %s)";
        String nested = "true";
        for (int i = 0; i < 40; i++) {
            nested = loop.replace("(a", "(a" + i).formatted(nested);
        }
        assertThat(Events.pass(filter(nested), FLOW)).isFalse();
    }

    @Test
    void seesABareFlow() {
        FlowFilters filters = FlowFilters.parse(filter("_flow.source.pod_name == 'xwing'"), "");
        ScannedEvent scratch = new ScannedEvent(ScanPlan.of(filters.wantedSlots()));
        scratch.load(FLOW.getFlow(), true);
        assertThat(scratch.scan()).isEqualTo(ScanResult.COMPLETE);
        assertThat(filters.test(scratch)).isTrue();
        scratch.load(EMPTY.getFlow(), true);
        assertThat(scratch.scan()).isEqualTo(ScanResult.COMPLETE);
        assertThat(filters.test(scratch)).isFalse();
    }

    @Test
    void saysThatBytesAreNoEvent() {
        FlowFilters filters = FlowFilters.parse(filter("true"), "");
        ScannedEvent scratch = new ScannedEvent(ScanPlan.of(filters.wantedSlots()));
        // A flow of two bytes, which begins a field of three bytes.
        scratch.load(new byte[] {0x0a, 2, 0x12, 3}, 0, 4, false);
        assertThat(scratch.scan()).isEqualTo(ScanResult.COMPLETE);
        assertThatThrownBy(() -> filters.test(scratch)).isInstanceOf(UndecodableEventException.class);
    }

    @Test
    void survivesATimeOutOfRange() {
        ExportEvent event = ExportEvent.newBuilder()
                .setFlow(Flow.newBuilder().setTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)))
                .build();
        assertThat(Events.pass(filter("string(_flow.time) == ''"), event)).isFalse();
        assertThat(Events.pass(filter("_flow.time.getFullYear() == 1"), event)).isFalse();
    }

    @Test
    void readsOnlyWhetherItIsAFlow() {
        FlowFilters filters = FlowFilters.parse(filter("_flow.source.pod_name == 'xwing'"), "");
        assertThat(filters.wantedSlots().stream()).containsExactly(Slots.FLOW);
    }
}
