package io.github.hubbleexport.agent;

import io.github.hubbleexport.config.DynamicExporterStatus;
import io.github.hubbleexport.config.FlowLogStatus;
import io.github.hubbleexport.stats.ExporterCounters;
import io.github.hubbleexport.stats.LossReason;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What an agent did, for people.
 *
 * @param status how everything was after its end
 * @param taken events that were read
 * @param unreadable events that could not be read
 * @param nanos how long it took
 */
record RunSummary(DynamicExporterStatus status, long taken, long unreadable, long nanos) {

    /** @param cause why it ended */
    void print(String cause, PrintWriter err) {
        err.println(cause + ": " + Numbers.counted(taken + unreadable, "event") + " in " + Numbers.seconds(nanos) + " s"
                + (unreadable == 0 ? "" : ", " + Numbers.grouped(unreadable) + " unreadable"));
        for (FlowLogStatus entry : status.flowLogs()) {
            err.println("  " + entry.name() + ": " + text(entry.counters()));
        }
        err.flush();
    }

    private static String text(ExporterCounters counters) {
        List<String> parts = new ArrayList<>();
        parts.add(Numbers.grouped(counters.written()) + " written (" + Numbers.counted(counters.bytesWritten(), "byte")
                + ")");
        add(parts, counters.filtered(), " filtered");
        add(parts, counters.lostTotal(), " lost (" + Summary.losses(counters) + ")");
        add(parts, counters.inFlight(), " on their way");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(Numbers.grouped(count) + what);
        }
    }

    /** Events, counted for each flow log, that were not written when the time was over. */
    String remaining() {
        long count = status.flowLogs().stream()
                .map(FlowLogStatus::counters)
                .mapToLong(counters -> counters.lost(LossReason.CLOSE_TIMEOUT) + counters.inFlight())
                .sum();
        return Numbers.counted(count, "event");
    }

    /** Events that could not be read or were lost. */
    long failed() {
        return unreadable
                + status.flowLogs().stream()
                        .mapToLong(entry -> entry.counters().lostTotal())
                        .sum();
    }
}
