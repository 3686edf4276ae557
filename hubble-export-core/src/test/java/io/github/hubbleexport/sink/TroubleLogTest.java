package io.github.hubbleexport.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hubbleexport.testkit.MemoryLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TroubleLogTest {

    @RegisterExtension
    private final SinkInvariants invariants = new SinkInvariants();

    private static final Pattern TIMES = Pattern.compile("the rename \\((\\d+) times\\)");
    private final IOException refused = new IOException("refused");

    private final MemoryLog log = new MemoryLog();
    private long now = Long.MAX_VALUE - 5; // passes its largest number meanwhile, as System.nanoTime may
    private final TroubleLog trouble = new TroubleLog(log, () -> now);

    @Test
    void theFirstIsToldAtOnceWithItsCause() {
        trouble.add("the rename", refused);
        assertThat(log.lines()).hasSize(1);
        assertThat(log.lines().get(0)).contains("the rename (1 times)", "refused");
    }

    /** Whatever the moments: all but those since the last line are told, and a minute lies between lines. */
    @Test
    void oneLineAMinuteSumsUpWhatWasHeldBack() {
        List<Integer> seconds = new ArrayList<>();
        for (int second = 0; second < 200; second++) {
            int before = log.lines().size();
            trouble.add("the rename", refused);
            if (log.lines().size() > before) {
                seconds.add(second);
            }
            now += TimeUnit.SECONDS.toNanos(1);
        }
        assertThat(seconds).containsExactly(0, 60, 120, 180);
        assertThat(log.lines().stream().map(TroubleLogTest::timesOf)).containsExactly(1, 60, 60, 60);
    }

    private static int timesOf(String line) {
        Matcher matcher = TIMES.matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
