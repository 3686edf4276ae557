package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which filters of a list become one, and that the list still tells of all that were given. */
class FilterMergerTest {

    @Test
    void filtersThatDifferInOneFieldBecomeOne() {
        assertThat(merged("{\"source_pod\":[\"a\"]} {\"source_pod\":[\"c\",\"b\"]}"))
                .containsExactly("{\"source_pod\":[\"a\",\"b\",\"c\"]}");
        assertThat(merged("{\"source_pod\":[\"a\"],\"reply\":[true]} {\"reply\":[true],\"source_pod\":[\"b\"]}"))
                .containsExactly("{\"source_pod\":[\"a\",\"b\"],\"reply\":[true]}");
    }

    @Test
    void filtersThatDifferInTwoFieldsStay() {
        assertThat(merged("{\"source_pod\":[\"a\"],\"uuid\":[\"1\"]} {\"source_pod\":[\"b\"],\"uuid\":[\"2\"]}"))
                .hasSize(2);
        assertThat(merged("{\"source_pod\":[\"a\"]} {\"source_pod\":[\"a\"],\"uuid\":[\"2\"]}"))
                .hasSize(2);
    }

    @Test
    void whatWasMergedIsMergedAgain() {
        assertThat(merged("{\"uuid\":[\"1\"],\"source_pod\":[\"a\"]} {\"uuid\":[\"2\"],\"source_pod\":[\"a\"]}"
                        + " {\"uuid\":[\"1\"],\"source_pod\":[\"b\"]} {\"uuid\":[\"2\"],\"source_pod\":[\"b\"]}"))
                .containsExactly("{\"uuid\":[\"1\",\"2\"],\"source_pod\":[\"a\",\"b\"]}");
    }

    @Test
    void orderAndRepetitionDoNotCount() {
        assertThat(merged("{\"uuid\":[\"1\",\"2\"],\"reply\":[true]} {\"uuid\":[\"2\",\"1\",\"2\"],\"reply\":[true]}"))
                .hasSize(1);
    }

    @Test
    void aFilterWithoutFieldsLeavesNothingToAsk() {
        assertThat(merged("{\"source_pod\":[\"a\"]} {} {\"uuid\":[\"1\"]}")).containsExactly("{}");
        BitSet wanted = new BitSet();
        FilterList list = list("{\"source_pod\":[\"a\"]} {} {\"uuid\":[\"1\"]}");
        list.wants(wanted);
        assertThat(wanted.isEmpty()).isTrue();
        assertThat(list.filters()).hasSize(3);
    }

    @Test
    void expressionsAreNotMerged() {
        assertThat(FilterMerger.merge(List.of(expression("true"), expression("false"), expression("true"))))
                .containsExactly(expression("true"), expression("false"));
    }

    private static FlowFilter expression(String text) {
        FlowFilter.Builder filter = FlowFilter.newBuilder().addUuid("u");
        filter.getExperimentalBuilder().addCelExpression(text);
        return filter.build();
    }

    @Test
    void aListStillHoldsTheFiltersThatWereGiven() {
        String filters = "{\"source_pod\":[\"b\"]} {\"source_pod\":[\"a\",\"a\"]}";
        FilterList list = list(filters);
        assertThat(list.tests()).isEqualTo(1);
        assertThat(list.filters()).isEqualTo(FlowFilters.parse(filters, "").allow());
    }

    @Test
    void filtersThatCannotBeMergedShareAnIndex() {
        StringBuilder filters = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            filters.append("{\"source_pod\":[\"a" + i + "\"],\"uuid\":[\"" + i + "\"]}");
        }
        assertThat(list(filters.toString()).tests()).isEqualTo(1);
    }

    private static FilterList list(String filters) {
        Problems none = new Problems();
        FilterList list = FilterList.compile(
                FilterList.ALLOW, FlowFilters.parse(filters, "").allow(), none);
        none.throwIfAny();
        return list;
    }

    private static List<String> merged(String filters) {
        return FilterMerger.merge(FlowFilters.parse(filters, "").allow().stream()
                        .map(FilterMerger::sorted)
                        .toList())
                .stream()
                .map(FilterText::json)
                .toList();
    }
}
