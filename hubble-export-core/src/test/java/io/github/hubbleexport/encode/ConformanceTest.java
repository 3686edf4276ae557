package io.github.hubbleexport.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.ConformanceData;
import io.github.hubbleexport.testkit.MemorySink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole configurations over whole files of events: filters, mask and encoding, to the byte. */
class ConformanceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIG = ".config.json";

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Path events : ConformanceData.files("encode", ".bin")) {
            for (Path config : ConformanceData.files("encode", CONFIG)) {
                Path expected = expected(events, config);
                if (Files.exists(expected)) {
                    cases.add(Arguments.of(events, config, expected));
                }
            }
        }
        return cases.stream();
    }

    private static Path expected(Path events, Path config) {
        String eventsName = events.getFileName().toString().replaceFirst("\\.bin$", "");
        String configName = config.getFileName().toString().replace(CONFIG, "");
        return events.resolveSibling(eventsName + "." + configName + ".jsonl");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theWireDoorPrintsWhatGoPrints(Path events, Path config, Path expected) throws IOException {
        check(events, config, expected, (exporter, event) -> exporter.export(event.toByteArray()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMessageDoorPrintsWhatGoPrints(Path events, Path config, Path expected) throws IOException {
        check(events, config, expected, FlowExporter::export);
    }

    private static void check(
            Path events, Path config, Path expected, BiFunction<FlowExporter, ExportEvent, ExportOutcome> door)
            throws IOException {
        MemorySink sink = new MemorySink();
        int lines = 0;
        try (FlowExporter exporter = exporter(JSON.readTree(config.toFile()), sink)) {
            for (ExportEvent event : ConformanceData.events(events)) {
                ExportOutcome outcome = door.apply(exporter, event);
                assertThat(outcome).isNotEqualTo(ExportOutcome.LOST);
                lines += outcome == ExportOutcome.FILTERED ? 0 : 1;
            }
        }
        String[] printed = sink.text().split("(?<=\n)");
        String[] wanted = Files.readString(expected, StandardCharsets.UTF_8).split("(?<=\n)");
        assertThat(printed).containsExactly(wanted);
        assertThat(sink.lines()).isEqualTo(lines);
    }

    private static FlowExporter exporter(JsonNode config, MemorySink sink) {
        List<String> paths = new ArrayList<>();
        config.path("fieldMask").forEach(path -> paths.add(path.asText()));
        return new ExporterBuilder()
                .allowList(list(config.path("includeFilters")))
                .denyList(list(config.path("excludeFilters")))
                .fieldMask(paths)
                .sink(sink)
                .build();
    }

    private static String list(JsonNode filters) {
        return filters.isMissingNode() ? "" : filters.toString();
    }
}
