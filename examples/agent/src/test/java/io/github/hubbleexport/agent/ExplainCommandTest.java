package io.github.hubbleexport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hubbleexport.proto.flow.AgentEvent;
import io.github.hubbleexport.proto.flow.Endpoint;
import io.github.hubbleexport.proto.flow.Flow;
import io.github.hubbleexport.proto.flow.Verdict;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why an event is in the log, or is not. */
class ExplainCommandTest {

    private static final String ALLOW = "--hubble-export-allowlist={\"source_pod\":[\"shop/\"]}";
    private static final String DENY = "--hubble-export-denylist={\"verdict\":[\"DROPPED\"]}";
    private static final String LINES = """
            {"flow":{"verdict":"DROPPED","source":{"namespace":"shop","pod_name":"web"}}}

            {"flow":{"verdict":"AUDIT","source":{"namespace":"bank","pod_name":"web"}}}
            {"agent_event":{"type":"AGENT_STARTED"}}
            {"flow":{"verdict":"AUDIT","source":{"namespace":"shop","pod_name":"db"}}}
            """;

    @TempDir
    private Path folder;

    @Test
    void tellsPeopleFilterByFilter() {
        AgentRun agent = new AgentRun().stdin(LINES);
        assertThat(agent.run("filters", "--explain", "--input=-", "--input-format=json", ALLOW, DENY))
                .isZero();
        assertThat(agent.out()).isEqualToNormalizingNewlines("""
                event 1 (flow) does not pass: denylist[0] matched
                  allowlist[0] matched: {"source_pod":["shop/"]}
                  denylist[0] matched: {"verdict":["DROPPED"]}
                event 2 (flow) does not pass: no filter of the allowlist matched
                  allowlist[0] did not match: source_pod is "bank/web", wanted "shop/"
                  denylist[0] did not match: verdict is "AUDIT", wanted "DROPPED"
                event 3 (agent_event) does not pass: no filter of the allowlist matched
                  allowlist[0] did not match: source_pod is not there, wanted "shop/"
                  denylist[0] did not match: verdict is not there, wanted "DROPPED"
                event 4 (flow) passes: allowlist[0] matched and no filter of the denylist matched
                  allowlist[0] matched: {"source_pod":["shop/"]}
                  denylist[0] did not match: verdict is "AUDIT", wanted "DROPPED"
                """);
        assertThat(agent.err()).isEmpty();
    }

    @Test
    void tellsProgramsInLinesOfJson() throws IOException {
        AgentRun agent = new AgentRun().stdin(LINES);
        assertThat(agent.run("filters", "--explain", "--json", "--input=-", "--input-format=json", ALLOW, DENY))
                .isZero();
        assertThat(agent.outLines()).hasSize(4);
        JsonNode second = new ObjectMapper().readTree(agent.outLines().get(1));
        assertThat(second.path("event").asInt()).isEqualTo(2);
        assertThat(second.at("/explanation/passes").isBoolean()).isTrue();
        assertThat(second.at("/explanation/passes").asBoolean()).isFalse();
        assertThat(second.at("/explanation/allowlist/0/refused_by/found").asText())
                .isEqualTo("bank/web");
    }

    @Test
    void agreesWithWhatIsExported() {
        String cluster = TestData.cluster(folder).toString();
        AgentRun explained = new AgentRun();
        String deny = "--hubble-export-denylist={\"protocol\":[\"udp\"]}";
        assertThat(explained.run("filters", "--explain", "--input", cluster, deny))
                .isZero();
        AgentRun exported = new AgentRun();
        assertThat(exported.run("export", "--input", cluster, "--hubble-export-file-path=stdout", deny))
                .isZero();
        List<String> passing = explained.outLines().stream()
                .filter(line -> line.contains(") passes: "))
                .toList();
        assertThat(passing).hasSameSizeAs(exported.eventLines()).isNotEmpty();
        assertThat(explained.out()).contains(") does not pass: ");
    }

    @Test
    void passesOverWhatCannotBeRead() throws IOException {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        flow(Verdict.DROPPED).writeDelimitedTo(input);
        input.write(new byte[] {2, 0x0a, 9});
        ExportEvent.newBuilder()
                .setAgentEvent(AgentEvent.getDefaultInstance())
                .build()
                .writeDelimitedTo(input);
        input.write(5);
        AgentRun agent = new AgentRun().stdin(input.toByteArray());
        assertThat(agent.run("filters", "--explain", "--input=-", DENY)).isEqualTo(1);
        assertThat(agent.outLines().stream().filter(line -> line.startsWith("event")))
                .containsExactly(
                        "event 1 (flow) does not pass: denylist[0] matched",
                        "event 3 (agent_event) passes: no filter of the denylist matched");
        assertThat(agent.errLines())
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.get(0)).startsWith("event 2: "))
                .satisfies(lines -> assertThat(lines.get(1)).startsWith("event 4: "));
    }

    @Test
    void tellsWhereTheInputBrokeOff() throws IOException {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        flow(Verdict.AUDIT).writeDelimitedTo(input);
        input.write(new byte[] {-1, -1, -1, -1, 127});
        AgentRun agent = new AgentRun().stdin(input.toByteArray());
        assertThat(agent.run("filters", "--explain", "--input=-")).isEqualTo(1);
        assertThat(agent.outLines()).containsExactly("event 1 (flow) passes: there are no filters");
        assertThat(agent.errLines()).singleElement().asString().startsWith("the input broke off: event 2 has");
    }

    private static ExportEvent flow(Verdict verdict) {
        return ExportEvent.newBuilder()
                .setFlow(Flow.newBuilder().setVerdict(verdict).setSource(Endpoint.newBuilder()))
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--input=-", "--input-format=json", "--json"})
    void optionsOfExplainNeedIt(String option) {
        AgentRun agent = new AgentRun();
        assertThat(agent.run("filters", option)).isEqualTo(2);
        assertThat(agent.errLines()).singleElement().asString().startsWith("--explain: is missing");
        assertThat(agent.out()).isEmpty();
    }

    @Test
    void everyProblemIsToldAtOnce() {
        AgentRun agent = new AgentRun();
        assertThat(agent.run("filters", "--explain", "--hubble-export-allowlist={\"source_pod\":[\"\"]}"))
                .isEqualTo(2);
        assertThat(agent.errLines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("allowlist[0].source_pod[0]: "))
                .anyMatch(line -> line.startsWith("--explain: needs events"));
        AgentRun other = new AgentRun();
        assertThat(other.run("filters", "--explain", "--input=" + folder.resolve("none"), DENY))
                .isEqualTo(2);
        assertThat(other.errLines()).singleElement().asString().contains("there is no such file");
    }
}
