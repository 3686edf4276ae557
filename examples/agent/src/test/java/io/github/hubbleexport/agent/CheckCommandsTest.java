package io.github.hubbleexport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.filter.FlowFilters;
import org.junit.jupiter.api.Test;

class CheckCommandsTest {

    @Test
    void filtersPrintsWhatTheListsBecame() {
        String allow = "{\"source_pod\":[\"shop/\"]} {\"verdict\":[\"DROPPED\"]}";
        String deny = "[{\"protocol\":[\"icmp\"]}]";
        AgentRun agent = new AgentRun();
        int exit =
                agent.run("filters", "--check", "--hubble-export-allowlist", allow, "--hubble-export-denylist", deny);
        assertThat(exit).isZero();
        assertThat(agent.out().strip())
                .isEqualTo(FlowFilters.parse(allow, deny).toString().strip())
                .contains("shop/", "DROPPED", "icmp");
    }

    @Test
    void filtersReadsBackWhatItPrints() {
        AgentRun first = new AgentRun();
        assertThat(first.run("filters", "--check", "--hubble-export-denylist={\"source_port\":[\"53\"]}"))
                .isZero();
        AgentRun second = new AgentRun();
        assertThat(second.run("filters", "--check", "--hubble-export-allowlist", first.out()))
                .isZero();
        assertThat(second.out()).isEqualTo(first.out()).contains("53");
    }

    @Test
    void filtersTellsEveryProblem() {
        AgentRun agent = new AgentRun();
        int exit = agent.run(
                "filters",
                "--check",
                "--hubble-export-allowlist={\"source_pod\":[\"\"]}\n{\"destination_port\":[\"65536\"]}",
                "--hubble-export-denylist={\"verdict\":[\"PERHAPS\"]}");
        assertThat(exit).isEqualTo(2);
        assertThat(agent.errLines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("allowlist[0].source_pod[0]: "))
                .anyMatch(line -> line.startsWith("allowlist[1].destination_port[0]: "))
                .anyMatch(line -> line.startsWith("denylist[0].verdict[0]: "));
        assertThat(agent.out()).isEmpty();
    }

    @Test
    void problemsWithLineBreaksStayOnOneLine() {
        AgentRun agent = new AgentRun();
        assertThat(agent.run("filters", "--hubble-export-allowlist={\"source_ip\":[\"1\\n2\\r3\"]}"))
                .isEqualTo(2);
        assertThat(agent.errLines()).singleElement().asString().contains("1\\n2\\r3");
    }

    @Test
    void maskPrintsTheCanonicalForm() {
        AgentRun agent = new AgentRun();
        assertThat(agent.run("mask", "--check", "--hubble-export-fieldmask=source.pod_name uuid,source  time"))
                .isZero();
        assertThat(agent.outLines()).containsExactly("time,uuid,source");
    }

    @Test
    void maskOfNothingIsEveryField() {
        AgentRun agent = new AgentRun();
        assertThat(agent.run("mask", "--check")).isZero();
        assertThat(agent.outLines()).containsExactly("(every field)");
    }

    @Test
    void maskTellsEveryProblem() {
        AgentRun agent = new AgentRun();
        assertThat(agent.run("mask", "--check", "--hubble-export-fieldmask=tim,source.pod_nam"))
                .isEqualTo(2);
        assertThat(agent.errLines())
                .hasSize(2)
                .anyMatch(line -> line.contains("did you mean time"))
                .anyMatch(line -> line.contains("source.pod_name"));
        assertThat(agent.out()).isEmpty();
    }
}
