package io.github.hubbleexport.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.ConformanceData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every filter of the data decides every event as the real one did, through both doors, or is refused as there. */
class ConformanceTest {

    /** One line of the data; what is refused matches nothing. */
    private record Row(String filter, boolean isRefused, Set<Integer> matching) {}

    @Test
    void decidesAsTheRealFilters() {
        Path folder = ConformanceData.folder("filters");
        List<ExportEvent> events = ConformanceData.events(folder.resolve("events.bin"));
        List<Row> rows = ConformanceData.lines(folder.resolve("expected.jsonl")).stream()
                .map(ConformanceTest::row)
                .toList();
        rows.forEach(row -> check(row, events));
        assertThat(rows).isNotEmpty();
        System.out.println("filters: " + rows.size() + " of " + rows.size() + " rows decided as expected ("
                + rows.stream().filter(Row::isRefused).count() + " refused as expected) on " + events.size()
                + " events");
    }

    private static void check(Row row, List<ExportEvent> events) {
        if (row.isRefused()) {
            assertThatThrownBy(() -> FlowFilters.parse(row.filter(), ""))
                    .as(row.filter())
                    .isInstanceOf(ConfigException.class);
            return;
        }
        FlowFilters allowed = FlowFilters.parse(row.filter(), "");
        FlowFilters denied = FlowFilters.parse("", row.filter());
        Set<Integer> others =
                new TreeSet<>(IntStream.range(0, events.size()).boxed().toList());
        others.removeAll(row.matching());
        assertThat(passing(events, new Scans(allowed)::pass)).as(row.filter()).isEqualTo(row.matching());
        assertThat(passing(events, allowed::matches)).as(row.filter()).isEqualTo(row.matching());
        assertThat(passing(events, new Scans(denied)::pass)).as(row.filter()).isEqualTo(others);
    }

    private static Set<Integer> passing(List<ExportEvent> events, Predicate<ExportEvent> filter) {
        return IntStream.range(0, events.size())
                .filter(i -> filter.test(events.get(i)))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The filter stays the text it is: numbers and duplicates would not survive being parsed. */
    private static Row row(String line) {
        String filter = "";
        boolean isRefused = false;
        Set<Integer> matching = new TreeSet<>();
        try (JsonParser in = new JsonFactory().createParser(line)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                switch (name) {
                    case "filter" -> filter = source(in, line);
                    case "error" -> isRefused = true;
                    case "match" -> readInto(matching, in);
                    default -> throw new IllegalStateException("unknown member in " + line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Row(filter, isRefused, matching);
    }

    private static String source(JsonParser in, String line) throws IOException {
        int start = (int) in.currentTokenLocation().getCharOffset();
        in.skipChildren();
        return line.substring(start, (int) in.currentLocation().getCharOffset());
    }

    private static void readInto(Set<Integer> numbers, JsonParser in) throws IOException {
        while (in.nextToken() != JsonToken.END_ARRAY) {
            numbers.add(in.getIntValue());
        }
    }
}
