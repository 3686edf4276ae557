package io.github.hubbleexport.agent;

import io.github.hubbleexport.agent.simulation.EventKind;
import io.github.hubbleexport.sink.RotatingSinkStats;
import io.github.hubbleexport.stats.ExporterCounters;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The texts of the demonstration. */
final class DemoReport {

    private static final int FIRST_LINES = 3;

    private final PrintWriter out;
    private final DemoFiles files;

    DemoReport(PrintWriter out, DemoFiles files) {
        this.out = out;
        this.files = files;
    }

    void configuration(long seed, long events) {
        out.println("Simulating " + Numbers.counted(events, "event") + " of a small cluster (seed " + seed + ")");
        title("Configuration");
        entry("file", files.live().toString());
        entry("allow list", DemoSettings.ALLOW_LIST);
        entry("deny list", DemoSettings.DENY_LIST);
        entry("field mask", DemoSettings.FIELD_MASK);
        entry(
                "rotation",
                "at " + Numbers.counted(DemoSettings.MAX_FILE_BYTES, "byte") + ", keeping "
                        + Numbers.counted(DemoSettings.MAX_BACKUPS, "backup"));
        out.flush();
    }

    void filtered(DemoTally tally, ExporterCounters counters) {
        title("Filtered: " + Numbers.grouped(counters.filtered()) + " of " + Numbers.grouped(counters.received())
                + " events did not pass");
        row("", "events", "passed", "filtered");
        for (EventKind kind : EventKind.values()) {
            long seen = tally.seen(kind);
            long passed = tally.passed(kind);
            row(kind.name(), Numbers.grouped(seen), Numbers.grouped(passed), Numbers.grouped(seen - passed));
        }
    }

    /** @param whole what the same events were without a mask */
    void masked(ExporterCounters counters, ExporterCounters whole) {
        title("Masked: " + Numbers.percent(counters.bytesWritten(), whole.bytesWritten()) + " of the bytes are left");
        entry("all fields", size(whole));
        entry(DemoSettings.maskedPaths() + " paths", size(counters));
    }

    void rotated(RotatingSinkStats stats) throws IOException {
        title("Rotated: " + Numbers.counted(stats.rotations(), "time") + ", "
                + Numbers.counted(stats.deletions(), "backup") + " too many and deleted");
        for (Path file : files.all()) {
            out.println(String.format(Locale.ROOT, "  %,11d bytes  %s", Files.size(file), file));
        }
    }

    void firstLines() throws IOException {
        List<String> lines = files.firstLines(FIRST_LINES);
        title("First lines of " + files.live());
        lines.forEach(out::println);
    }

    void end(ExporterCounters counters, long nanos) {
        title(Numbers.counted(counters.written(), "event") + " written in " + Numbers.seconds(nanos) + " s, "
                + Numbers.grouped(counters.lostTotal()) + " lost");
        out.flush();
    }

    private static String size(ExporterCounters counters) {
        long each = counters.written() == 0 ? 0 : counters.bytesWritten() / counters.written();
        return Numbers.counted(counters.bytesWritten(), "byte") + ", " + Numbers.grouped(each) + " an event";
    }

    private void title(String text) {
        out.println();
        out.println(text);
    }

    private void entry(String name, String value) {
        out.println(String.format(Locale.ROOT, "  %-10s  %s", name, value));
    }

    private void row(String first, String second, String third, String fourth) {
        out.println(String.format(Locale.ROOT, "  %-6s %9s %9s %9s", first, second, third, fourth));
    }
}
