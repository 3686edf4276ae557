package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.proto.flow.FlowFilter;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.RandomEvents;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lists of many filters decide as the interpreter does, which asks one after the other: lists whose filters share
 * shapes, values, prefixes and networks, so that merging and looking up really happen. A failure prints its seed.
 */
class CompiledTogetherTest {

    private static final int FILTER_LISTS = 850;
    private static final int EVENTS = 60;

    @ParameterizedTest
    @ValueSource(longs = {5, 20_251_124})
    void manyFiltersDecideAsTheInterpreter(long seed) {
        RelatedFilters random = new RelatedFilters(seed);
        List<ExportEvent> events = events(seed);
        int passed = 0;
        for (int list = 0; list < FILTER_LISTS; list++) {
            List<FlowFilter> allow = random.list();
            List<FlowFilter> deny = list % 3 == 0 ? random.list() : List.of();
            Scans compiled = new Scans(FlowFilters.of(allow, deny));
            for (int i = 0; i < EVENTS; i++) {
                ExportEvent event = events.get((list * EVENTS + i) % events.size());
                boolean expected = NaiveFilter.pass(allow, deny, event);
                if (compiled.pass(event) != expected) {
                    throw new AssertionError("seed " + seed + ": not " + expected + " for allow " + allow + ", deny "
                            + deny + ", event " + event);
                }
                passed += expected ? 1 : 0;
            }
        }
        assertThat(passed).isBetween(FILTER_LISTS * EVENTS / 20, FILTER_LISTS * EVENTS * 19 / 20);
    }

    private static List<ExportEvent> events(long seed) {
        RandomFilters random = new RandomFilters(seed);
        RandomEvents strangers = new RandomEvents(seed);
        return IntStream.range(0, 1009)
                .mapToObj(i -> i % 8 == 7 ? NaivePropertyTest.withoutUrl(strangers.next()) : random.event())
                .toList();
    }
}
