package io.github.hubbleexport.bench.results;

import io.github.hubbleexport.bench.CopyBenchmark;
import io.github.hubbleexport.bench.FallbackBenchmark;
import io.github.hubbleexport.bench.FileBenchmark;
import io.github.hubbleexport.bench.MaskBenchmark;
import io.github.hubbleexport.bench.MessageDoorBenchmark;
import io.github.hubbleexport.bench.SinkBenchmark;
import io.github.hubbleexport.bench.ThreadsBenchmark;
import io.github.hubbleexport.bench.WireDoorBenchmark;
import io.github.hubbleexport.bench.rival.Configuration;
import io.github.hubbleexport.bench.rival.SinkRival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is asked for, beside what was measured: ratios of the shortest times of one run. */
final class Goals {

    private static final String EXPORT = "export";

    private final Measurements measurements;
    private final List<String> lines = new ArrayList<>();

    /** A cost that grows exactly with its input, measured, comes out a little above or below 1. */
    private static final double AS_FAST = 1.1;

    private Goals(Measurements measurements) {
        this.measurements = measurements;
    }

    static List<String> lines(Measurements measurements) {
        return new Goals(measurements).table();
    }

    private List<String> table() {
        lines.add("| goal | asked | measured | met |");
        lines.add("| --- | --- | --- | --- |");
        wireDoor(Configuration.NONE, "full JSON, no filter: times faster than the obvious way", 18);
        wireDoor(Configuration.SEED, "`SEED` configuration: times faster than the obvious way", 20);
        wireDoor(Configuration.REJECTED, "rejected by a pod filter: times faster than the obvious way", 8);
        atLeast("message door, full JSON: times faster than JsonFormat alone", 6, messageDoor());
        atMost("wire door: bytes allocated for an event, in the worst configuration", 4, allocated());
        atMost("whole path to a file: times the sum of encoding alone and a bare write", 1.2, wholePath());
        atLeast(
                "two threads into one file: times the events of one thread",
                1.8,
                threads(EXPORT, 1).ratio(threads(EXPORT, 2)));
        sink("direct", SinkRival.ROTATING_SINK);
        sink("queued", SinkRival.ROTATING_SINK_QUEUED);
        atLeast("every event in two parts: times faster than the obvious way", 1, fallback());
        for (Section section : Results.GROWTH) {
            atMost(
                    section.title() + ": cost over input, at worst",
                    AS_FAST,
                    section.growth(measurements, Goals::number));
        }
        reported(
                "encoding alone: times one copy of the bytes in plus out",
                wire("NONE", "WIRE").ratio(measurements.figure(CopyBenchmark.class, "copy")));
        reported("whole path to a file: times a bare write", file().ratio(write()));
        reported(
                "two threads, each into a file of its own: times the events of one thread",
                threads("apart", 1).ratio(threads("apart", 2)));
        return lines;
    }

    private static double number(String value) {
        return value.equals(MaskBenchmark.ALL) ? MaskBenchmark.allPaths().size() : Double.parseDouble(value);
    }

    private void wireDoor(Configuration configuration, String what, double asked) {
        atLeast(what, asked, wire(configuration.name(), "OBVIOUS").ratio(wire(configuration.name(), "WIRE")));
    }

    private Figure wire(String configuration, String rival) {
        return measurements.figure(WireDoorBenchmark.class, EXPORT, configuration, rival);
    }

    private double messageDoor() {
        return measurements
                .figure(MessageDoorBenchmark.class, EXPORT, "JSON_FORMAT")
                .ratio(measurements.figure(MessageDoorBenchmark.class, EXPORT, "MESSAGE"));
    }

    private double allocated() {
        return Arrays.stream(Configuration.values())
                .mapToDouble(configuration -> wire(configuration.name(), "WIRE").bytes())
                .max()
                .orElseThrow();
    }

    private double wholePath() {
        return file().shortest() / (wire("NONE", "WIRE").shortest() + write().shortest());
    }

    private Figure file() {
        return measurements.figure(FileBenchmark.class, EXPORT);
    }

    private Figure write() {
        return measurements.figure(FileBenchmark.class, "write");
    }

    private Figure threads(String how, int count) {
        return measurements.figure(ThreadsBenchmark.class, how, Integer.toString(count));
    }

    /** Against the fastest of the others. */
    private void sink(String what, SinkRival ours) {
        double best = Arrays.stream(SinkRival.values())
                .filter(rival -> !rival.isOurs())
                .mapToDouble(rival -> sink(rival).ratio(sink(ours)))
                .min()
                .orElseThrow();
        atLeast("ready lines to a file, " + what + ": times faster than the fastest logger", 1, best);
    }

    private Figure sink(SinkRival rival) {
        return measurements.figure(SinkBenchmark.class, "write", rival.name());
    }

    private double fallback() {
        return measurements
                .figure(FallbackBenchmark.class, EXPORT, "OBVIOUS", "100")
                .ratio(measurements.figure(FallbackBenchmark.class, EXPORT, "WIRE", "100"));
    }

    private void atLeast(String what, double asked, double measured) {
        row(what, "at least " + asked, measured, measured >= asked ? "yes" : "**no**");
    }

    private void atMost(String what, double asked, double measured) {
        row(what, "at most " + asked, measured, measured <= asked ? "yes" : "**no**");
    }

    private void reported(String what, double measured) {
        row(what, "", measured, "");
    }

    private void row(String what, String asked, double measured, String met) {
        lines.add(String.format(Locale.ROOT, "| %s | %s | %.2f | %s |", what, asked, measured, met));
    }
}
