package io.github.hubbleexport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @Test
    void everyErrorInTheArgumentsIsToldAtOnce() {
        AgentRun agent = new AgentRun();
        int exit = agent.run(
                "export",
                "--hubble-export-file-max-size-mb=big",
                "--hubble-export-file-max-backups=many",
                "--input-format=xml",
                "--unheard-of");
        assertThat(exit).isEqualTo(2);
        assertThat(agent.err())
                .contains("--hubble-export-file-max-size-mb", "'big'")
                .contains("--hubble-export-file-max-backups", "'many'")
                .contains("--input-format", "'xml'")
                .contains("--unheard-of")
                .contains("Missing required option: '--input=FILE|-'")
                .contains("Try 'hubble-export-agent export --help'.");
    }

    @Test
    void anOptionGivenTwiceIsRefused() {
        AgentRun agent = new AgentRun();
        assertThat(agent.run("mask", "--hubble-export-fieldmask=time", "--hubble-export-fieldmask=uuid"))
                .isEqualTo(2);
        assertThat(agent.err()).contains("--hubble-export-fieldmask");
        assertThat(agent.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exprot", "--hlep"})
    void unknownWordsAreRefused(String word) {
        AgentRun agent = new AgentRun();
        assertThat(agent.run(word)).isEqualTo(2);
        assertThat(agent.err()).contains(word);
    }

    @Test
    void noCommandIsRefused() {
        AgentRun agent = new AgentRun();
        assertThat(agent.run()).isEqualTo(2);
        assertThat(agent.err()).contains("which command?", "export", "demo", "filters", "mask");
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "run", "demo", "check", "filters", "mask"})
    void everyCommandHasHelp(String command) {
        AgentRun agent = new AgentRun();
        assertThat(agent.run(command, "--help")).isZero();
        assertThat(agent.out()).startsWith("Usage: hubble-export-agent " + command);
        assertThat(agent.err()).isEmpty();
    }

    @Test
    void helpListsTheFlagsOfTheCiliumAgent() {
        AgentRun agent = new AgentRun();
        assertThat(agent.run("export", "--help")).isZero();
        assertThat(agent.out())
                .contains("--hubble-export-file-path")
                .contains("--hubble-export-allowlist")
                .contains("--hubble-export-denylist")
                .contains("--hubble-export-fieldmask")
                .contains("--hubble-export-file-max-size-mb")
                .contains("(default: 10)")
                .contains("--hubble-export-file-max-backups")
                .contains("(default: 5)")
                .contains("--hubble-export-file-compress");
    }

    @Test
    void versionIsTold() {
        AgentRun agent = new AgentRun();
        assertThat(agent.run("--version")).isZero();
        assertThat(agent.out()).startsWith("hubble-export-agent ");
    }

    @Test
    void aValueThatBeginsWithAtIsAValue() {
        AgentRun agent = new AgentRun();
        assertThat(agent.run("mask", "--hubble-export-fieldmask", "@/etc/hostname"))
                .isEqualTo(2);
        assertThat(agent.errLines()).singleElement().asString().contains("@/etc/hostname");
    }
}
