package io.github.hubbleexport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private static final String AFRESH = "\r\033[K";

    @Test
    void isShownOnceASecondAndTakenAway() {
        AgentRun agent = new AgentRun().watched(TimeUnit.MILLISECONDS.toNanos(250));
        ProgressLine line = new ProgressLine(agent.host());
        AtomicInteger made = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            line.update(() -> "text " + made.incrementAndGet());
        }
        assertThat(agent.err()).isEqualTo(AFRESH + "text 1" + AFRESH + "text 2");
        line.clear();
        line.clear();
        assertThat(agent.err()).isEqualTo(AFRESH + "text 1" + AFRESH + "text 2" + AFRESH);
    }

    @Test
    void isNotShownWhereNobodyWatches() {
        AgentRun agent = new AgentRun();
        ProgressLine line = new ProgressLine(agent.host());
        line.update(() -> "text");
        line.clear();
        assertThat(agent.err()).isEmpty();
    }

    @Test
    void exportShowsOneOnATerminalAndEndsWithTheSummary() {
        AgentRun agent = new AgentRun().stdin(TestData.bytes("cluster.bin")).watched(TimeUnit.MILLISECONDS.toNanos(10));
        assertThat(agent.run("export", "--input=-")).isZero();
        String[] shown = agent.err().split(Pattern.quote(AFRESH), -1);
        assertThat(shown).hasSizeBetween(4, 6);
        assertThat(shown[0]).isEmpty();
        assertThat(shown[1]).matches("\\d+ events, 0 filtered, 0 failed, \\d+ a second");
        assertThat(shown[shown.length - 1]).startsWith("400 events in 4.").contains("  written    400 (");
    }
}
