package io.github.hubbleexport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import com.google.re2j.Pattern;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.proto.flow.EventTypeFilter;
import io.github.hubbleexport.proto.flow.FlowFilter;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes that people's flowlogs files have, good and bad. */
class FlowLogsTest {

    private static final String COMPLETE = """
            flowLogs:
            - name: "test001"
              filePath: "/var/log/network/test001.log"
              fieldMask: []
              fieldAggregate: []
              aggregationInterval: 0s
              includeFilters: []
              excludeFilters: []
              fileMaxSizeMb: 0
              fileMaxBackups: 0
              fileCompress: false
              end: "2023-10-09T23:59:59-07:00"
            - name: "test002"
              filePath: "/var/log/network/test002.log"
              fieldMask: ["source.namespace", "source.pod_name", "verdict"]
              includeFilters:
              - source_pod: ["default/"]
                source_label: ["networking.example.com/flow-logs=enabled"]
                event_type:
                - type: 1
              - destination_pod: ["frontend/nginx-975996d4c-7hhgt"]
              excludeFilters:
              - destinationPod: ["ingress/"]
              fileMaxSizeMb: 20
              fileMaxBackups: 3
              fileCompress: yes
            - name: 3
              filePath: stdout
              fieldAggregate: ["source", "verdict"]
              aggregationInterval: 1m30s
              fileMaxBackups: all
              end:
            """;

    static List<FlowLogConfig> expected() {
        FlowFilter one = FlowFilter.newBuilder()
                .addSourcePod("default/")
                .addSourceLabel("networking.example.com/flow-logs=enabled")
                .addEventType(EventTypeFilter.newBuilder().setType(1))
                .build();
        FlowFilter two = FlowFilter.newBuilder()
                .addDestinationPod("frontend/nginx-975996d4c-7hhgt")
                .build();
        return List.of(
                FlowLogConfig.builder("test001", "/var/log/network/test001.log")
                        .end(Instant.parse("2023-10-10T06:59:59Z"))
                        .build(),
                FlowLogConfig.builder("test002", "/var/log/network/test002.log")
                        .fieldMask(List.of("source.namespace", "source.pod_name", "verdict"))
                        .includeFilters(List.of(one, two))
                        .excludeFilters(List.of(FlowFilter.newBuilder()
                                .addDestinationPod("ingress/")
                                .build()))
                        .fileMaxSizeMb(20)
                        .fileMaxBackups(3)
                        .fileCompress(true)
                        .build(),
                FlowLogConfig.builder("3", "stdout")
                        .fieldAggregate(List.of("source", "verdict"))
                        .aggregationInterval(Duration.ofSeconds(90))
                        .fileMaxBackups(0)
                        .build());
    }

    @Test
    void readsEveryKey() {
        assertThat(FlowLogs.parse(COMPLETE).configs()).isEqualTo(expected());
    }

    @Test
    void readsTheSameFromJsonAndFromAFile(@TempDir Path folder) throws IOException {
        Object tree = new org.yaml.snakeyaml.Yaml().load(COMPLETE);
        String json = new ObjectMapper().writeValueAsString(tree);
        Path file = Files.writeString(folder.resolve("flowlogs.json"), json);
        FlowLogs logs = FlowLogs.read(file, UnknownKeys.REFUSE);
        assertThat(logs.configs()).isEqualTo(expected());
        assertThat(logs.hash())
                .isEqualTo(FlowLogs.parse(json).hash())
                .isNotEqualTo(FlowLogs.parse(COMPLETE).hash());
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "010, 8", "1.50, 1.5", "yes, true", "n, false", "1:30, 1:30", "2026-01-01, 2026-01-01"})
    void numbersAndBooleansBecomeTextsWhereTextsAreExpected(String written, String read) {
        String text = "flowLogs: [{name: " + written + ", filePath: " + written + "}]";
        assertThat(FlowLogs.parse(text).configs())
                .containsExactly(FlowLogConfig.builder(read, read).build());
    }

    @Test
    void theHashIsTheOneThatHubbleShows() {
        // md5sum: 65375d75e743e055c4f7287e614a33df of the text, of which the first eight bytes from the least one on.
        FlowLogs logs = FlowLogs.parse("flowLogs: []");
        assertThat(Long.toHexString(logs.hash())).isEqualTo("55e043e7755d3765");
    }

    @Test
    void readsTwenty() {
        String text = IntStream.range(0, 20)
                .mapToObj(i -> "- {name: n" + i + ", filePath: /tmp/n" + i + ".log}\n")
                .collect(Collectors.joining("", "flowLogs:\n", ""));
        assertThat(FlowLogs.parse(text).configs())
                .hasSize(20)
                .last()
                .extracting(FlowLogConfig::name)
                .isEqualTo("n19");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flowLogs: []",
                "{\"flowLogs\": []}",
                "FLOWLOGS: []",
                "flowLogs:\n- {NAME: a, FilePath: stdout}\n- {name: b, filePath: stdout}",
                "x: &x {name: a}\nflowLogs: [{<<: *x, filePath: /tmp/a}]",
                "flowLogs: [{name: a, filePath: /tmp/a, fieldMask: ~, includeFilters: ~, end: ~, fileMaxSizeMb: ~}]",
                "flowLogs: [{name: a, filePath: /tmp/a, aggregationInterval: 0, fileMaxSizeMb: 1e1}]"
            })
    void readsWhatHubbleReads(String text) {
        UnknownKeys keys = text.startsWith("x") ? UnknownKeys.IGNORE : UnknownKeys.REFUSE;
        assertThat(FlowLogs.parse(text, keys)).isNotNull();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("", "flowLogs: the file is empty; for no flow logs, write flowLogs: []"),
                wrong("# only a comment\n", "flowLogs: the file is empty; for no flow logs, write flowLogs: []"),
                wrong("---\n~\n", "flowLogs: the file is empty; for no flow logs, write flowLogs: []"),
                wrong(
                        "flowLogs:\n",
                        "flowLogs: the key flowLogs is missing, or has no value; for no flow logs, write flowLogs: []"
                                + " (line 1, column 1)"),
                wrong(
                        "{}",
                        "flowLogs: the key flowLogs is missing, or has no value; for no flow logs, write flowLogs: []"
                                + " (line 1, column 1)"),
                wrong(
                        "- name: a",
                        "flowLogs: expected the key flowLogs, found a list; for no flow logs, write flowLogs: []"
                                + " (line 1, column 1)"),
                wrong(
                        "flowLogs: {a: 1}",
                        "flowLogs: expected a list, found keys and values; for no flow logs, write flowLogs: []"
                                + " (line 1, column 11)"),
                wrong(
                        "flowLog: []",
                        "flowLog: unknown key; did you mean flowLogs? (line 1, column 1)",
                        "flowLogs: the key flowLogs is missing, or has no value; for no flow logs, write flowLogs: []"
                                + " (line 1, column 1)"),
                wrong(
                        "flowLogs:\n- name: a\n  filePath: /tmp/a\n-\n",
                        "flowLogs[1]: invalid flowlog at index 1 (line 4, column 2)"),
                wrong(
                        "flowLogs:\n- words\n",
                        "flowLogs[0]: expected the keys of a flow log, found a text (line 2, column 3): \"words\""),
                wrong(
                        "flowLogs:\n- {}\n",
                        "flowLogs[0].name: name is required (line 2, column 3)",
                        "flowLogs[0].filePath: filePath is required (line 2, column 3)"),
                wrong(
                        "flowLogs:\n- {name: a, filePath: /tmp/a}\n- {name: a, filePath: /tmp/a}\n",
                        "flowLogs[1].name: duplicated flowlog name a (line 3, column 10)",
                        "flowLogs[1].filePath: duplicated flowlog path /tmp/a (line 3, column 23)"),
                wrong(
                        "flowLogs:\n- {name: a, filePath: ./a}\n- {name: b, filePath: a}\n",
                        "flowLogs[1].filePath: duplicated flowlog path a, which is the file of a in another spelling:"
                                + " ./a (line 3, column 23)"),
                wrong(
                        "flowLogs:\n- name: a\n  filePath: /tmp/a\n  includeFilter: []\n  color: red\n",
                        "flowLogs[0].includeFilter: unknown key; did you mean includeFilters or excludeFilters?"
                                + " (line 4, column 3)",
                        "flowLogs[0].color: unknown key (line 5, column 3)"),
                wrong(
                        """
                        flowLogs:
                        - name: [a]
                          filePath: {b: c}
                          fieldMask: time
                          includeFilters: {}
                          fileMaxSizeMb: ten
                          fileMaxBackups: 1.5
                          fileCompress: "true"
                          end: 5
                          aggregationInterval: 30
                          fieldAggregate: [~]
                        """,
                        "flowLogs[0].name: expected a text, found a list (line 2, column 9)",
                        "flowLogs[0].filePath: expected a text, found keys and values (line 3, column 13)",
                        "flowLogs[0].fieldMask: expected a list, found a text (line 4, column 14): \"time\"",
                        "flowLogs[0].fieldAggregate[0]: expected a text, found null (line 11, column 20)",
                        "flowLogs[0].aggregationInterval: expected a duration such as 30s or 1h30m"
                                + " (line 10, column 24): \"30\"",
                        "flowLogs[0].includeFilters: expected a list, found keys and values (line 5, column 19)",
                        "flowLogs[0].fileMaxSizeMb: expected a whole number from 0 to 2147483647, found a text"
                                + " (line 6, column 18): \"ten\"",
                        "flowLogs[0].fileMaxBackups: expected a whole number from 0 to 2147483647, found a number"
                                + " (line 7, column 19): \"1.5\"",
                        "flowLogs[0].fileCompress: expected true or false, found a text (line 8, column 17): \"true\"",
                        "flowLogs[0].end: expected a time in RFC 3339 such as 2026-12-31T23:59:59Z"
                                + " (line 9, column 8): \"5\""),
                wrong(
                        """
                        flowLogs:
                        - name: a
                          filePath: /tmp/a
                          fileMaxSizeMb: -1
                          fileMaxBackups: -5
                          aggregationInterval: -1s
                        """,
                        "flowLogs[0].fileMaxSizeMb: must not be negative (line 4, column 18): \"-1\"",
                        "flowLogs[0].fileMaxBackups: must not be negative; to keep all, write: all"
                                + " (line 5, column 19): \"-5\"",
                        "flowLogs[0].aggregationInterval: must not be negative (line 6, column 24): \"PT-1S\""),
                wrong(
                        "flowLogs:\n- name: a\n  NAME: b\n  filePath: /tmp/a\n",
                        "flowLogs[0].name: stands there in several spellings: name, NAME (line 3, column 9): \"b\""),
                wrong(
                        """
                        flowLogs:
                        - name: a
                          filePath: /tmp/a
                          includeFilters:
                          - source_pods: [a/b]
                            verdict: [FORWARD]
                          - ~
                        """,
                        "flowLogs[0].includeFilters[0].source_pods: unknown field; did you mean source_pod or source_port or"
                                + " source_fqdn? (line 5, column 18)",
                        "flowLogs[0].includeFilters[0].verdict[0]: no name of Verdict; did you mean FORWARDED?"
                                + " (line 6, column 15): \"FORWARD\"",
                        "flowLogs[0].includeFilters[1]: expected a filter, found null (line 7, column 5): \"null\""),
                // Values that would cost their own entry only are told with what the file is refused for.
                wrong(
                        """
                        flowLogs:
                        - name: a
                          filePath: /tmp/a
                          typo: 1
                          fieldMask: [tim]
                          excludeFilters:
                          - source_ip: [10.0.0.0/8, 10.0.0.0/99]
                        """,
                        "flowLogs[0].typo: unknown key (line 4, column 3)",
                        "flowLogs[0].excludeFilters[0].source_ip[1]: not a CIDR: expected an IP address, a slash and"
                                + " the number of leading bits (line 7, column 29): \"10.0.0.0/99\"",
                        "flowLogs[0].fieldMask[0]: no field \"tim\" in a flow; did you mean time or IP? (line 5, column 15): \"tim\""),
                wrong(
                        "flowLogs:\n- name: \"test001\"\n  fieldMask: \"this\", \"is\", \"invalid\"\n",
                        "flowLogs: neither YAML nor JSON: expected <block end>, but found ',' (line 3, column 20)"),
                wrong(
                        "flowLogs:\n- name: a\n  filePath: /tmp/a\n  includeFil",
                        "flowLogs: neither YAML nor JSON: could not find expected ':' (line 4, column 13)"),
                wrong(
                        "{\"flowLogs\": [{\"name\": \"a\",",
                        "flowLogs: neither YAML nor JSON: Unexpected end-of-input within/between Object entries"
                                + " (line 1, column 28)"));
    }

    private static Arguments wrong(String text, String... problems) {
        return Arguments.of(text, List.of(problems));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void tellsEverythingThatIsWrong(String text, List<String> expected) {
        assertThatThrownBy(() -> FlowLogs.parse(text))
                .asInstanceOf(InstanceOfAssertFactories.type(ConfigException.class))
                .extracting(e -> e.problems().stream().map(Problem::toString).toList())
                .isEqualTo(expected);
    }

    @Test
    void unknownKeysCanBePassedOver() {
        String text = "other: 1\nflowLogs:\n- {name: a, filePath: /tmp/a, includeFilter: [{}]}";
        assertThat(FlowLogs.parse(text, UnknownKeys.IGNORE).configs()).hasSize(1);
        String filter = "flowLogs:\n- {name: a, filePath: /tmp/a, includeFilters: [{pod: [a]}]}";
        assertThatThrownBy(() -> FlowLogs.parse(filter, UnknownKeys.IGNORE)).hasMessageContaining("unknown field");
    }

    @Test
    void twoSpellingsThroughALinkAreFound(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        FlowLogConfig one = FlowLogConfig.builder("one", folder + "/real/a.log").build();
        FlowLogConfig two = FlowLogConfig.builder("two", folder + "/link/a.log").build();
        assertThatThrownBy(() -> FlowLogs.of(List.of(one, two)))
                .hasMessageContaining("which is the file of one in another spelling");
    }

    @Test
    void whatIsNotTextIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("f"), "flowLogs: [] # \u00e4".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> FlowLogs.read(file, UnknownKeys.REFUSE)).hasMessage("flowLogs: not UTF-8");
        assertThatThrownBy(() -> FlowLogs.read(folder.resolve("none"), UnknownKeys.REFUSE))
                .isInstanceOf(IOException.class);
    }

    @Test
    void orderDoesNotMatterToEquality() {
        FlowFilter ab =
                FlowFilter.newBuilder().addSourcePod("a/").addSourcePod("b/").build();
        FlowFilter ba =
                FlowFilter.newBuilder().addSourcePod("b/").addSourcePod("a/").build();
        FlowFilter c = FlowFilter.newBuilder().addSourcePod("c/").build();
        FlowLogConfig one = FlowLogConfig.builder("n", "p")
                .fieldMask(List.of("time", "uuid"))
                .includeFilters(List.of(ab, c))
                .build();
        FlowLogConfig same = FlowLogConfig.builder("n", "p")
                .fieldMask(List.of("uuid", "time"))
                .includeFilters(List.of(c, ba, c))
                .build();
        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
        FlowLogConfig.Builder builder = FlowLogConfig.builder("n", "p");
        assertThat(List.of(
                        builder.fieldMask(List.of("time")).build(),
                        builder.fieldMask(List.of("uuid", "time")).build(),
                        builder.includeFilters(List.of(ab)).build(),
                        builder.includeFilters(List.of(ab, c))
                                .excludeFilters(List.of(c))
                                .build(),
                        FlowLogConfig.builder("m", "p").build(),
                        FlowLogConfig.builder("n", "q").build(),
                        builder.end(Instant.EPOCH).build()))
                .doesNotContain(one)
                .doesNotHaveDuplicates();
    }

    /** JSON works without the reader of YAML, and YAML is refused with the artifact to add. */
    @Test
    void theReaderOfYamlIsOptional() throws IOException, ReflectiveOperationException {
        URL[] urls = Stream.of(
                        FlowLogs.class,
                        FlowFilter.class,
                        Message.class,
                        Pattern.class,
                        ObjectMapper.class,
                        com.fasterxml.jackson.core.JsonFactory.class,
                        com.fasterxml.jackson.annotation.JsonInclude.class)
                .map(needed -> needed.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Method parse = loader.loadClass(FlowLogs.class.getName()).getMethod("parse", String.class);
            String json = "{\"flowLogs\":[{\"name\":\"a\",\"filePath\":\"/tmp/a\",\"includeFilters\":[{}]}]}";
            assertThat(parse.invoke(null, json).toString()).contains("name=a");
            assertThatThrownBy(() -> parse.invoke(null, "flowLogs: []"))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining("add org.yaml:snakeyaml");
        }
    }
}
