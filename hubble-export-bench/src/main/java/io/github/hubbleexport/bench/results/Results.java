package io.github.hubbleexport.bench.results;

import io.github.hubbleexport.bench.CopyBenchmark;
import io.github.hubbleexport.bench.ExportersBenchmark;
import io.github.hubbleexport.bench.FallbackBenchmark;
import io.github.hubbleexport.bench.FileBenchmark;
import io.github.hubbleexport.bench.FilterBenchmark;
import io.github.hubbleexport.bench.MaskBenchmark;
import io.github.hubbleexport.bench.MessageDoorBenchmark;
import io.github.hubbleexport.bench.RejectionBenchmark;
import io.github.hubbleexport.bench.SinkBenchmark;
import io.github.hubbleexport.bench.SizeBenchmark;
import io.github.hubbleexport.bench.StageBenchmark;
import io.github.hubbleexport.bench.ThreadsBenchmark;
import io.github.hubbleexport.bench.WireDoorBenchmark;
import java.util.ArrayList;
import java.util.List;

/** The page and the picture, made of measurements. */
final class Results {

    private static final List<Section> SECTIONS = List.of(
            new Section("From wire bytes to a line", WireDoorBenchmark.class, "rival", "WIRE"),
            new Section("From a ready message to a line", MessageDoorBenchmark.class, "rival", "MESSAGE"),
            new Section("Stages", StageBenchmark.class, "", ""),
            new Section("One copy of the bytes in plus out", CopyBenchmark.class, "", ""),
            new Section("From wire bytes to files that rotate", FileBenchmark.class, Section.STAGE, "write"),
            new Section("Threads that export, into one file or apart", ThreadsBenchmark.class, "threads", "1"),
            new Section("From ready lines to files that rotate", SinkBenchmark.class, "rival", "ROTATING_SINK"),
            new Section("A rejected event beside one written in full", RejectionBenchmark.class, "rejection", "NONE"));

    /** Benchmarks of which one parameter grows. */
    static final List<Section> GROWTH = List.of(
            new Section("Growth: filters in an allow list, up to the decision", FilterBenchmark.class, "filters", "1"),
            new Section("Growth: paths of a field mask", MaskBenchmark.class, "paths", "1"),
            new Section("Growth: exporters of one event", ExportersBenchmark.class, "exporters", "1"),
            new Section("Growth: bytes of an event", SizeBenchmark.class, "bytes", "300"));

    private static final Section FALLBACK =
            new Section("Growth: events in two parts, of a hundred", FallbackBenchmark.class, "rival", "WIRE");

    private Results() {}

    private static List<Section> sections() {
        List<Section> all = new ArrayList<>(SECTIONS);
        all.addAll(GROWTH);
        all.add(FALLBACK);
        return all;
    }

    static String page(Measurements measurements, List<String> head, List<String> coldStart, String picture) {
        List<String> lines = new ArrayList<>(head);
        lines.add("## Goals");
        lines.add("");
        lines.addAll(Goals.lines(measurements));
        lines.add("");
        lines.add("![Nanoseconds an event](" + picture + ")");
        lines.add("");
        sections().forEach(section -> lines.addAll(section.lines(measurements)));
        lines.addAll(coldStart);
        return String.join("\n", lines).stripTrailing() + "\n";
    }

    static String picture(Measurements measurements, String title) {
        BarChart chart = new BarChart(title);
        for (Section section : sections()) {
            chart.panel(section.title());
            section.rows(measurements)
                    .forEach(row -> chart.bar(
                            String.join(", ", row.cells()), row.figure().shortest()));
        }
        return chart.svg();
    }
}
