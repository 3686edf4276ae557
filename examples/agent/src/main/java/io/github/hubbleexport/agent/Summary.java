package io.github.hubbleexport.agent;

import io.github.hubbleexport.stats.ExporterCounters;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run did, for people.
 *
 * @param counters what the exporter counted
 * @param unreadable events that never reached it
 * @param rotations what became of the file
 * @param nanos how long it took
 */
record Summary(ExporterCounters counters, long unreadable, String rotations, long nanos) {

    void print(PrintWriter err) {
        long events = counters.received() + unreadable;
        err.println(Numbers.counted(events, "event") + " in " + Numbers.seconds(nanos) + " s, "
                + Numbers.rate(events, nanos) + " a second");
        line(err, "written", counters.written(), Numbers.counted(counters.bytesWritten(), "byte") + ", " + rotations);
        line(err, "filtered", counters.filtered(), "");
        line(err, "stopped", counters.stopped(), "");
        line(err, "lost", counters.lostTotal(), losses(counters));
        line(err, "unreadable", unreadable, "");
        err.flush();
    }

    /** Nobody needs to read of what did not happen, except that nothing was written. */
    private void line(PrintWriter err, String name, long count, String more) {
        if (count > 0 || name.equals("written")) {
            String note = more.isEmpty() ? "" : " (" + more + ")";
            err.println(String.format(Locale.ROOT, "  %-10s %s%s", name, Numbers.grouped(count), note));
        }
    }

    /** Losses by reason. */
    static String losses(ExporterCounters counters) {
        return counters.lost().entrySet().stream()
                .filter(loss -> loss.getValue() > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(loss -> loss.getKey() + " " + Numbers.grouped(loss.getValue()))
                .collect(Collectors.joining(", "));
    }
}
