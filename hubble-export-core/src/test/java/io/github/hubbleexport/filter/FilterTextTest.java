package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiled lists as text that gives the same lists again. */
class FilterTextTest {

    @Test
    void isOneFilterALineInTheOrderOfTheFile() {
        FlowFilters filters = FlowFilters.parse(
                "{\"ipVersion\":[1],\"verdict\":[2],\"sourcePod\":[\"b\",\"a\"],\"tcp_flags\":[{\"ACK\":true,\"SYN\":true}]}"
                        + "{} {\"ip_trace_id\":[\"18446744073709551615\"]}",
                "");
        assertThat(filters.allowText()).isEqualTo("""
                {"source_pod":["b","a"],"verdict":["DROPPED"],"tcp_flags":[{"SYN":true,"ACK":true}],"ip_version":["IPv4"]}
                {}
                {"ip_trace_id":["18446744073709551615"]}
                """);
        assertThat(filters.denyText()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 31, 314})
    void parsesBackToAnEqualList(long seed) {
        RandomFilters random = new RandomFilters(seed);
        int texts = 0;
        for (int list = 0; list < 400; list++) {
            FlowFilters filters = FlowFilters.of(random.filters(4), random.filters(2));
            FlowFilters back = FlowFilters.parse(filters.allowText(), filters.denyText());
            assertThat(back).as("seed %d", seed).isEqualTo(filters).hasSameHashCodeAs(filters);
            assertThat(back.allow()).isEqualTo(filters.allow());
            assertThat(back.allowText()).isEqualTo(filters.allowText());
            assertThat(filters.allowText().lines()).hasSize(filters.allow().size());
            texts += filters.isEmpty() ? 0 : 1;
        }
        assertThat(texts).isGreaterThan(200);
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 88})
    void orderDoesNotCount(long seed) {
        RandomFilters random = new RandomFilters(seed);
        Random order = new Random(seed);
        for (int list = 0; list < 200; list++) {
            FlowFilters filters = FlowFilters.of(random.filters(4), random.filters(3));
            FlowFilters shuffled = FlowFilters.of(shuffled(filters.allow(), order), shuffled(filters.deny(), order));
            assertThat(shuffled).as("seed %d", seed).isEqualTo(filters).hasSameHashCodeAs(filters);
        }
    }

    private static List<FlowFilter> shuffled(List<FlowFilter> filters, Random order) {
        List<FlowFilter> shuffled = new ArrayList<>();
        filters.forEach(filter -> shuffled.add(shuffled(filter, order)));
        Collections.shuffle(shuffled, order);
        return shuffled;
    }

    private static FlowFilter shuffled(FlowFilter filter, Random order) {
        FlowFilter.Builder builder = filter.toBuilder();
        for (FieldDescriptor field : filter.getAllFields().keySet()) {
            List<?> values = new ArrayList<>((List<?>) filter.getField(field));
            Collections.shuffle(values, order);
            builder.setField(field, values);
        }
        return builder.build();
    }

    @Test
    void everyCharacterComesBack() {
        StringBuilder text = new StringBuilder();
        for (char c = 0; c < 0x3000; c++) {
            text.append(c);
        }
        text.append("\uFEFF\uFFFD\uFFFE\uFFFF\uD83D\uDE00'\"\\");
        FlowFilter filter = FlowFilter.newBuilder().addTraceId(text.toString()).build();
        FlowFilters filters = FlowFilters.of(List.of(filter), List.of());
        assertThat(filters.allowText().lines()).hasSize(1);
        assertThat(FlowFilters.parse(filters.allowText(), "").allow()).containsExactly(filter);
        assertThat(FlowFilters.parse(filters.toString(), "").allow()).containsExactly(filter);
    }
}
