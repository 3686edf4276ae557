package io.github.hubbleexport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dry run of a flowlogs file. */
class CheckCommandTest {

    @TempDir
    private Path folder;

    private final AgentRun agent = new AgentRun();

    private int check(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("flowlogs.yaml"), text);
        return agent.run("check", "--hubble-flowlogs-config-path", file.toString());
    }

    @Test
    void printsWhatTheEntriesBecame() throws IOException {
        Path log = folder.resolve("a.log");
        assertThat(check("""
                flowLogs:
                - name: a
                  filePath: %s
                  fieldMask: [verdict, time]
                  includeFilters:
                  - {dns_query: [x], http_method: [GET]}
                """.formatted(log))).isZero();
        assertThat(agent.out()).isEqualTo("""
                a: can be built
                  warning: includeFilters[0] can never match: no event has all the protocols and types that it asks for
                  fields: time,verdict
                  allowlist:
                  - '{"dns_query":["x"],"http_method":["GET"]}'
                  denylist: []
                """);
        assertThat(log).doesNotExist();
    }

    @Test
    void tellsTheProblemsOfAnEntryBesideTheOthers() throws IOException {
        assertThat(check("""
                flowLogs:
                - {name: a, filePath: /tmp/a, fieldMask: [nope]}
                - {name: b, filePath: /tmp/b}
                """)).isEqualTo(2);
        assertThat(agent.out()).startsWith("a: cannot be built\nb: can be built\n");
        assertThat(agent.errLines())
                .singleElement()
                .asString()
                .startsWith("flowLogs[0].fieldMask[0]: no field \"nope\" in a flow")
                .contains("(line 2, column 43)");
    }

    @Test
    void tellsEverythingThatIsWrongWithTheFile() throws IOException {
        assertThat(check("flowLogs:\n- {name: a, filePaht: /tmp/a}\n")).isEqualTo(2);
        assertThat(agent.out()).isEmpty();
        assertThat(agent.errLines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("flowLogs[0].filePaht: unknown key; did you mean filePath?"))
                .anyMatch(line -> line.startsWith("flowLogs[0].filePath: filePath is required"));
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        assertThat(agent.run(
                        "check",
                        "--hubble-flowlogs-config-path",
                        folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(agent.errLines()).singleElement().asString().contains("there is no such file");
    }

    @Test
    void theStaticExporterIsCheckedToo() throws IOException {
        Path file = Files.writeString(
                folder.resolve("flowlogs.yaml"), "flowLogs:\n- {name: a, filePath: " + folder.resolve("a.log") + "}\n");
        String flowLogs = "--hubble-flowlogs-config-path=" + file;
        assertThat(agent.run("check", flowLogs, "--hubble-export-file-path=" + folder.resolve("b.log")))
                .isZero();
        assertThat(agent.out()).startsWith("static-exporter: can be built\n").contains("a: can be built\n");
        assertThat(folder.resolve("b.log")).doesNotExist();
        AgentRun clash = new AgentRun();
        assertThat(clash.run("check", flowLogs, "--hubble-export-file-path=" + folder.resolve("a.log")))
                .isEqualTo(2);
        assertThat(clash.err()).contains("flowLogs[0].filePath: is the file of static-exporter, the static exporter");
        AgentRun alone = new AgentRun();
        assertThat(alone.run("check", "--hubble-export-file-path=stdout", "--hubble-export-fieldmask=time"))
                .isZero();
        assertThat(alone.out()).startsWith("static-exporter: can be built\n  fields: time\n");
    }

    @Test
    void theFileHasToBeNamed() {
        assertThat(agent.run("check")).isEqualTo(2);
        assertThat(agent.err()).contains("--hubble-flowlogs-config-path");
    }
}
