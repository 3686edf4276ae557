package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.RandomEvents;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiled filters decide as the slow interpreter does. A failure prints the seed that made it. */
class NaivePropertyTest {

    private static final int FILTER_LISTS = 600;
    private static final int EVENTS = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 20_251_123, 4_242_424_242L})
    void compiledFiltersDecideAsTheInterpreter(long seed) {
        RandomFilters random = new RandomFilters(seed);
        List<ExportEvent> events = events(random, new RandomEvents(seed));
        int passed = 0;
        for (int list = 0; list < FILTER_LISTS; list++) {
            List<FlowFilter> allow = random.filters(3);
            List<FlowFilter> deny = random.filters(2);
            Scans compiled = new Scans(FlowFilters.of(allow, deny));
            for (int i = 0; i < EVENTS; i++) {
                ExportEvent event = events.get((list * EVENTS + i) % events.size());
                boolean expected = NaiveFilter.pass(allow, deny, event);
                assertThat(compiled.pass(event))
                        .as(() -> "seed " + seed + ", allow " + allow + ", deny " + deny + ", event " + event)
                        .isEqualTo(expected);
                passed += expected ? 1 : 0;
            }
        }
        assertThat(passed).isBetween(FILTER_LISTS * EVENTS / 20, FILTER_LISTS * EVENTS * 19 / 20);
    }

    /** A number of events that has no factor in common with that of tests a list gets, so that all meet. */
    private static List<ExportEvent> events(RandomFilters random, RandomEvents strangers) {
        return IntStream.range(0, 1009)
                .mapToObj(i -> i % 4 == 3 ? withoutUrl(strangers.next()) : random.event())
                .toList();
    }

    /** What Java and Go take for a URL differs in odd ones; {@link GoUrlTest} has those. */
    static ExportEvent withoutUrl(ExportEvent event) {
        ExportEvent.Builder changed = event.toBuilder();
        if (event.getFlow().getL7().hasHttp()) {
            changed.getFlowBuilder().getL7Builder().getHttpBuilder().clearUrl();
        }
        return changed.build();
    }

    @Test
    void bothDoorsAgree() {
        RandomFilters random = new RandomFilters(7);
        int passed = 0;
        for (int list = 0; list < 50; list++) {
            FlowFilters filters = FlowFilters.of(random.filters(2), random.filters(1));
            Scans wire = new Scans(filters);
            for (int i = 0; i < 20; i++) {
                ExportEvent event = random.event();
                assertThat(filters.matches(event)).isEqualTo(wire.pass(event));
                passed += wire.pass(event) ? 1 : 0;
            }
        }
        assertThat(passed).isPositive();
    }

    @Test
    void printedListsParseBackToEqualOnes() {
        RandomFilters random = new RandomFilters(11);
        for (int list = 0; list < 200; list++) {
            FlowFilters filters = FlowFilters.of(random.filters(3), random.filters(2));
            FlowFilters back = FlowFilters.parse(filters.toString(), "");
            assertThat(back).isEqualTo(filters).hasSameHashCodeAs(filters);
            assertThat(back.allow()).isEqualTo(filters.allow());
            assertThat(back.deny()).isEqualTo(filters.deny());
            assertThat(back).hasToString(filters.toString());
        }
    }
}
