package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.wire.ScanPlan;
import io.github.hubbleexport.wire.ScannedEvent;
import io.github.hubbleexport.wire.UndecodableEventException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Filters put together in Java, predicates among them. */
class FlowFiltersBuilderTest {

    private static final FlowFilter DROPS =
            FlowFilter.newBuilder().addVerdict(Verdict.DROPPED).build();
    private static final ExportEvent DROPPED = Events.flow("\"verdict\":\"DROPPED\",\"uuid\":\"u\"");
    private static final ExportEvent AUDITED = Events.flow("\"verdict\":\"AUDIT\",\"uuid\":\"u\"");

    private final List<ExportEvent> asked = new ArrayList<>();

    private boolean isAsked(ExportEvent event) {
        asked.add(event);
        return true;
    }

    @Test
    void everyWayToWriteAFilterGivesTheSame() {
        FlowFilters expected = FlowFilters.parse(
                "{\"verdict\":[\"DROPPED\"]} {\"source_pod\":[\"shop/\"]}", "{\"source_port\":[\"53\"]}");
        FlowFilters messages = FlowFilters.builder()
                .allow(DROPS, FlowFilter.newBuilder().addSourcePod("shop/").build())
                .deny(FlowFilter.newBuilder().addSourcePort("53").build())
                .build();
        FlowFilters lambdas = FlowFilters.builder()
                .deny(filter -> filter.addSourcePort("53"))
                .allow(filter -> filter.addVerdict(Verdict.DROPPED))
                .allow(filter -> filter.addSourcePod("shop/"))
                .build();
        FlowFilters texts = FlowFilters.builder()
                .allowJson("{\"verdict\":[\"DROPPED\"]}")
                .allowJson("allowlist: ['{\"source_pod\":[\"shop/\"]}']")
                .denyJson("[{\"source_port\":[\"53\"]}]")
                .build();
        assertThat(List.of(messages, lambdas, texts)).containsOnly(expected);
        assertThat(texts.allow()).isEqualTo(expected.allow());
        assertThat(FlowFilters.builder().build()).isEqualTo(FlowFilters.none());
    }

    @Test
    void mayBeBuiltFromAgain() {
        FlowFiltersBuilder builder = FlowFilters.builder().allow(DROPS);
        FlowFilters first = builder.build();
        FlowFilters second = builder.denyIf("all", event -> true).build();
        assertThat(first.matches(DROPPED)).isTrue();
        assertThat(second.matches(DROPPED)).isFalse();
    }

    @Test
    void tellsEveryProblemByItsPlaceInTheWholeList() {
        FlowFiltersBuilder builder = FlowFilters.builder()
                .allow(DROPS)
                .allowJson("{\"source_prot\":[]} {}")
                .allow(filter -> filter.addSourceIp("x"))
                .allowJson("allowlist: ['{\"verdict\":[\"NO\"]}']")
                .denyJson("{\"reply\":[1]}")
                .deny(filter -> filter.addSourceLabel("a b"));
        ConfigException refused = catchThrowableOfType(ConfigException.class, builder::build);
        assertThat(refused.problems())
                .extracting(Problem::path)
                .containsExactly(
                        "allowlist[1].source_prot",
                        "allowlist[4].verdict[0]",
                        "denylist[0].reply[0]",
                        "allowlist[3].source_ip[0]",
                        "denylist[1].source_label[0]");
        assertThatThrownBy(builder::build).hasMessage(refused.getMessage());
    }

    @Test
    void aTextForOneListMustNotHoldTheOther() {
        FlowFiltersBuilder builder = FlowFilters.builder().denyJson("allowlist: ['{}']\ndenylist: ['{}']");
        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("also holds the allowlist");
    }

    @Test
    void predicatesCountAsFiltersOfTheirList() {
        FlowFilters allowed = FlowFilters.builder()
                .allow(DROPS)
                .allowIf("u", event -> event.getFlow().getUuid().equals("u"))
                .build();
        assertThat(allowed.matches(AUDITED)).isTrue();
        assertThat(allowed.matches(DROPPED)).isTrue();
        assertThat(allowed.matches(Events.flow("\"uuid\":\"v\""))).isFalse();
        FlowFilters only = FlowFilters.builder().allowIf("none", event -> false).build();
        assertThat(only.isEmpty()).isFalse();
        assertThat(only.matches(DROPPED)).isFalse();
        FlowFilters denied = FlowFilters.builder()
                .deny(DROPS)
                .denyIf("v", event -> event.getFlow().getUuid().equals("v"))
                .build();
        assertThat(denied.matches(AUDITED)).isTrue();
        assertThat(denied.matches(DROPPED)).isFalse();
        assertThat(denied.matches(Events.flow("\"uuid\":\"v\""))).isFalse();
    }

    @Test
    void predicatesAreAskedOnlyAboutWhatIsUndecidedAndSeeOneMessage() {
        FlowFilters filters = FlowFilters.builder()
                .allow(DROPS)
                .allowIf("a", event -> !isAsked(event))
                .allowIf("b", this::isAsked)
                .deny(filter -> filter.addUuid("x"))
                .denyIf("c", event -> !isAsked(event))
                .build();
        assertThat(filters.matches(Events.flow("\"verdict\":\"DROPPED\",\"uuid\":\"x\"")))
                .isFalse();
        assertThat(asked).isEmpty();
        assertThat(filters.matches(DROPPED)).isTrue();
        assertThat(asked).containsExactly(DROPPED);
        asked.clear();
        assertThat(filters.matches(AUDITED)).isTrue();
        assertThat(asked).hasSize(3).allSatisfy(event -> assertThat(event).isSameAs(asked.get(0)));
        assertThat(asked.get(0)).isEqualTo(AUDITED);
    }

    @Test
    void bytesThatOnlyParsingFindsDamagedAreNoEvent() {
        FlowFilters filters = FlowFilters.builder().denyIf("all", event -> true).build();
        ScannedEvent event = new ScannedEvent(ScanPlan.of(filters.wantedSlots()));
        byte[] flowOfBrokenText = {0x0a, 4, (byte) 0x92, 2, 1, (byte) 0xff};
        event.load(flowOfBrokenText, 0, flowOfBrokenText.length, false);
        event.scan();
        assertThatThrownBy(() -> filters.test(event)).isInstanceOf(UndecodableEventException.class);
    }

    @Test
    void predicatesAreEqualByNameAndIdentity() {
        EventPredicate one = event -> true;
        EventPredicate other = event -> true;
        FlowFilters filters =
                FlowFilters.builder().allowIf("a", one).allowIf("b", other).build();
        assertThat(FlowFilters.builder().allowIf("b", other).allowIf("a", one).build())
                .isEqualTo(filters)
                .hasSameHashCodeAs(filters);
        assertThat(List.of(
                        FlowFilters.builder()
                                .allowIf("a", other)
                                .allowIf("b", other)
                                .build(),
                        FlowFilters.builder()
                                .allowIf("a", one)
                                .allowIf("c", other)
                                .build(),
                        FlowFilters.builder()
                                .denyIf("a", one)
                                .denyIf("b", other)
                                .build(),
                        FlowFilters.none()))
                .doesNotContain(filters);
    }

    @Test
    void textsNamePredicatesAndStillParse() {
        FlowFilters filters = FlowFilters.builder()
                .allow(DROPS)
                .allowIf("a\n- '{}'", event -> true)
                .denyIf("b", event -> false)
                .build();
        assertThat(filters).hasToString("""
                allowlist:
                - '{"verdict":["DROPPED"]}'
                denylist: []
                # allowlist, in Java: "a\\u000a- '{}'"
                # denylist, in Java: "b"
                """);
        assertThat(FlowFilters.parse(filters.toString(), "")).isEqualTo(FlowFilters.of(List.of(DROPS), List.of()));
        assertThat(filters.denyText()).isEmpty();
    }
}
