package io.github.hubbleexport.proto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.observer.ExportEvent;
import io.github.hubbleexport.proto.relay.NodeStatusEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our messages are Hubble's in every fact that bytes and JSON depend on. The facts are those of {@code schema.tsv}: the
 * test's own, or the one in the folder that the system property {@code conformance.dir} names.
 */
class SchemaTest {
    private static final String FILE = "schema.tsv";

    private static List<String> lines;
    private static SchemaTable ours;

    @BeforeAll
    static void read() throws IOException {
        lines = linesOfResource();
        ours = SchemaTable.of(List.of(
                Flow.getDescriptor().getFile(),
                NodeStatusEvent.getDescriptor().getFile(),
                ExportEvent.getDescriptor().getFile()));
    }

    @Test
    void messagesEnumsAndServicesAreThoseOfTheTable() throws IOException {
        assertThat(ours.differencesFrom(SchemaTable.parse(linesOfTable()))).isEmpty();
    }

    @Test
    void theTableHoldsAllKindsOfRows() {
        assertThat(lines).hasSize(ours.size() + 1);
        assertThat(lines.stream().skip(1).map(line -> line.substring(0, line.indexOf('\t'))))
                .contains("field", "enum", "method", "message");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            field | flow.Flow | uuid | number | 99 | 34
            field | flow.Flow | uuid | type | bytes | string
            field | flow.Flow | verdict | type | flow.None | flow.Verdict
            field | flow.Flow | node_labels | label | optional | repeated
            field | flow.Flow | Type | json_name | type | Type
            field | flow.Flow | uuid | deprecated | deprecated | ''
            field | flow.Flow | reply | deprecated | '' | deprecated
            field | flow.Flow | emitter | declaration_index | 40 | 2
            field | flow.Layer4 | TCP | oneof | '' | protocol
            field | flow.Flow | l4 | oneof | protocol | ''
            enum | flow.Verdict | AUDIT | number | 5 | 4
            enum | flow.Tunnel.Protocol | GENEVE | declaration_index | 1 | 2
            method | observer.Observer | GetFlows | label | unary | server_streaming
            field | observer.Node | tls | type | observer.SSL | observer.TLS
            """)
    void aRowThatSaysSomethingElseIsReported(
            String kind, String fullName, String name, String column, String wanted, String actual) {
        List<String> altered = new ArrayList<>(lines);
        int at = indexOf(altered, kind, fullName, name);
        altered.set(at, with(altered.get(at), column, wanted));

        assertThat(ours.differencesFrom(SchemaTable.parse(altered)))
                .containsExactly(
                        "%s %s.%s: %s is '%s', should be '%s'".formatted(kind, fullName, name, column, actual, wanted));
    }

    @Test
    void aMethodOfOtherTypesIsReported() {
        List<String> altered = new ArrayList<>(lines);
        int at = indexOf(altered, "method", "observer.Observer", "GetNodes");
        altered.set(at, with(altered.get(at), "type", "a.B -> c.D"));

        assertThat(ours.differencesFrom(SchemaTable.parse(altered)))
                .containsExactly("method observer.Observer.GetNodes: type is "
                        + "'observer.GetNodesRequest -> observer.GetNodesResponse', should be 'a.B -> c.D'");
    }

    @ParameterizedTest
    @CsvSource({
        "field, flow.Flow, uuid",
        "enum, flow.Verdict, AUDIT",
        "method, observer.Observer, GetNodes",
        "message, observer.GetNodesRequest, ''"
    })
    void aRowThatTheTableLacksIsReported(String kind, String fullName, String name) {
        List<String> altered = new ArrayList<>(lines);
        altered.remove(indexOf(altered, kind, fullName, name));

        assertThat(ours.differencesFrom(SchemaTable.parse(altered)))
                .containsExactly("not in the table: " + key(kind, fullName, name));
    }

    @ParameterizedTest
    @CsvSource({
        "field, flow.Flow, colour",
        "enum, flow.Verdict, PONDERED",
        "method, observer.Observer, GetRich",
        "message, flow.Nothing, ''"
    })
    void aRowThatOnlyTheTableHasIsReported(String kind, String fullName, String name) {
        List<String> altered = new ArrayList<>(lines);
        altered.add(String.join("\t", kind, fullName, "", name, "", "", "", "", "", ""));

        assertThat(ours.differencesFrom(SchemaTable.parse(altered)))
                .containsExactly("missing: " + key(kind, fullName, name));
    }

    @Test
    void aRowThatComesTwiceIsRefused() {
        List<String> altered = new ArrayList<>(lines);
        altered.add(altered.get(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchemaTable.parse(altered))
                .withMessageStartingWith("twice: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"field\tflow.Flow", ""})
    void aRowOfAnotherWidthIsRefused(String row) {
        List<String> altered = new ArrayList<>(lines);
        altered.add(row);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchemaTable.parse(altered))
                .withMessageContaining("columns");
    }

    @Test
    void aTableWithoutItsHeaderIsRefused() {
        List<String> headless = lines.subList(1, lines.size());

        assertThatIllegalArgumentException().isThrownBy(() -> SchemaTable.parse(headless));
        assertThatIllegalArgumentException().isThrownBy(() -> SchemaTable.parse(List.of()));
    }

    private static List<String> linesOfTable() throws IOException {
        String folder = System.getProperty("conformance.dir");
        if (folder == null) {
            return linesOfResource();
        }
        // Parts of the folder may be missing; a folder that is not there is a slip of the pen.
        assertThat(Path.of(folder)).isDirectory();
        Path file = Path.of(folder, FILE);
        return Files.exists(file) ? Files.readAllLines(file) : linesOfResource();
    }

    private static List<String> linesOfResource() throws IOException {
        var stream = Objects.requireNonNull(SchemaTest.class.getResourceAsStream("/conformance/" + FILE), FILE);
        try (var reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static int indexOf(List<String> lines, String kind, String fullName, String name) {
        for (int i = 0; i < lines.size(); i++) {
            String[] row = lines.get(i).split("\t", -1);
            if (row[0].equals(kind) && row[1].equals(fullName) && row[3].equals(name)) {
                return i;
            }
        }
        throw new AssertionError("no row for " + key(kind, fullName, name));
    }

    private static String with(String line, String column, String value) {
        List<String> row = new ArrayList<>(List.of(line.split("\t", -1)));
        row.set(SchemaTable.COLUMNS.indexOf(column), value);
        return String.join("\t", row);
    }

    private static String key(String kind, String fullName, String name) {
        return kind + " " + fullName + (name.isEmpty() ? "" : "." + name);
    }
}
