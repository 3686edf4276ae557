package io.github.hubbleexport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.github.hubbleexport.proto.observer.ExportEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

    private static final int ROTATING = 6000;

    @TempDir
    private Path folder;

    @Test
    void oneSeedGivesOneOutput() throws IOException {
        demo(new AgentRun(), "a", "--seed=7", "--events=" + ROTATING);
        demo(new AgentRun(), "b", "--seed=7", "--events=" + ROTATING);
        demo(new AgentRun(), "c", "--seed=8", "--events=" + ROTATING);
        assertThat(lines("a")).isEqualTo(lines("b")).isNotEqualTo(lines("c"));
    }

    @Test
    void filesRotateAndEveryLineIsAnEvent() throws Exception {
        AgentRun agent = demo(new AgentRun(), "a", "--events=" + ROTATING);
        assertThat(new DemoFiles(folder.resolve("a")).all())
                .hasSize(2)
                .allSatisfy(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(DemoSettings.MAX_FILE_BYTES));
        List<String> lines = lines("a");
        for (String line : lines) {
            JsonFormat.parser().merge(line, ExportEvent.newBuilder());
        }
        assertThat(agent.out()).contains("Rotated: 1 time,", Numbers.counted(lines.size(), "event") + " written in ");
    }

    @Test
    void nothingPassesThatTheConfigurationKeepsOut() throws Exception {
        demo(new AgentRun(), "a", "--events=3000");
        for (String line : lines("a")) {
            ExportEvent.Builder event = ExportEvent.newBuilder();
            JsonFormat.parser().merge(line, event);
            assertThat(event.getFlow().getL4().hasTCP()).as(line).isTrue();
            assertThat(event.getFlow().getUuid()).as(line).isEmpty();
            assertThat(event.getFlow().getSource().getLabelsList()).as(line).isEmpty();
        }
    }

    @Test
    void reportTellsWhatHappened() throws IOException {
        AgentRun agent = demo(new AgentRun(), "a", "--events=3000");
        assertThat(agent.outLines())
                .contains("Simulating 3,000 events of a small cluster (seed 1)")
                .contains("  allow list  " + DemoSettings.ALLOW_LIST)
                .contains("  deny list   " + DemoSettings.DENY_LIST)
                .contains("  field mask  " + DemoSettings.FIELD_MASK)
                .anyMatch(line -> line.matches("Filtered: [\\d,]+ of 3,000 events did not pass"))
                .anyMatch(line -> line.matches("Masked: \\d+ % of the bytes are left"))
                .anyMatch(line -> line.matches(" +[\\d,]+ bytes  .*hubble-demo\\.jsonl"))
                .containsAll(lines("a").subList(0, 3));
        assertThat(agent.err()).isEmpty();
    }

    @Test
    void filesOfAnEarlierDemoGoAndOthersStay() throws IOException {
        Path a = Files.createDirectories(folder.resolve("a"));
        Path foreign = Files.writeString(a.resolve("hubble-demo-notes.jsonl"), "mine");
        demo(new AgentRun(), "a", "--events=" + ROTATING);
        demo(new AgentRun(), "a", "--events=100");
        assertThat(new DemoFiles(a).all()).containsExactly(a.resolve("hubble-demo.jsonl"));
        assertThat(foreign).hasContent("mine");
    }

    @Test
    void rateIsKept() throws IOException {
        AgentRun agent = demo(new AgentRun(), "a", "--events=500", "--rate=100");
        assertThat(agent.elapsed()).isBetween(TimeUnit.MILLISECONDS.toNanos(4980), TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void noEventsAreNoFault() throws IOException {
        AgentRun agent = demo(new AgentRun(), "a", "--events=0");
        assertThat(agent.out()).contains("0 events written");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void badNumbersAndFoldersAreRefusedTogether() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        AgentRun agent = new AgentRun();
        assertThat(agent.run("demo", "--events=-1", "--rate=-2", "--directory=" + file))
                .isEqualTo(2);
        assertThat(agent.errLines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("--events: "))
                .anyMatch(line -> line.startsWith("--rate: "))
                .anyMatch(line -> line.contains("which is not a folder"));
        assertThat(file).hasContent("mine");
    }

    private AgentRun demo(AgentRun agent, String name, String... more) {
        Stream<String> fixed = Stream.of("demo", "--directory=" + folder.resolve(name));
        assertThat(agent.run(Stream.concat(fixed, Stream.of(more)).toArray(String[]::new)))
                .as(agent.err())
                .isZero();
        return agent;
    }

    private List<String> lines(String name) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : new DemoFiles(folder.resolve(name)).all()) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }
}
