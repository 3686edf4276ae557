package io.github.hubbleexport.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.testkit.ConformanceData;
import io.github.hubbleexport.testkit.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged and unusual encodings: refused where Go refuses them, or the same bytes. */
class ConformanceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Path> files() {
        return ConformanceData.files("wire", ".jsonl");
    }

    @ParameterizedTest
    @MethodSource("files")
    void theWireDoorTakesDamagedEventsAsGoDoes(Path file) throws IOException {
        Engine engine = new Engine(FlowMask.all());
        List<String> wrong = new ArrayList<>();
        List<String> rows = ConformanceData.lines(file);
        for (int i = 0; i < rows.size(); i++) {
            JsonNode row = JSON.readTree(rows.get(i));
            String line = engine.line(HexFormat.of().parseHex(row.path("hex").asText()));
            check(i, row, line, wrong);
        }
        assertThat(wrong).isEmpty();
        assertThat(rows).isNotEmpty();
        System.out.println(file.getFileName() + ": " + rows.size() + " encodings through the wire door");
    }

    @ParameterizedTest
    @MethodSource("files")
    void theMessageDoorPrintsWhatProtobufCanParse(Path file) throws IOException {
        Engine engine = new Engine(FlowMask.all());
        List<String> wrong = new ArrayList<>();
        List<String> rows = ConformanceData.lines(file);
        for (int i = 0; i < rows.size(); i++) {
            JsonNode row = JSON.readTree(rows.get(i));
            check(
                    i,
                    row,
                    parsedLine(engine, HexFormat.of().parseHex(row.path("hex").asText())),
                    wrong);
        }
        assertThat(wrong).isEmpty();
        System.out.println(file.getFileName() + ": " + rows.size() + " encodings through the message door");
    }

    private static @Nullable String parsedLine(Engine engine, byte[] wire) {
        try {
            return engine.line(ExportEvent.parseFrom(wire));
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }

    private static void check(int row, JsonNode expected, @Nullable String line, List<String> wrong) {
        String wanted = expected.has("json") ? expected.path("json").asText() + "\n" : null;
        if (!Objects.equals(wanted, line)) {
            wrong.add("row " + row + " " + expected.path("case") + ": " + line + " instead of " + wanted);
        }
    }
}
