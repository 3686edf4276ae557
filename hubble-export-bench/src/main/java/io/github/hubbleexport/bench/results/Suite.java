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
import io.github.hubbleexport.bench.rival.Configuration;
import java.util.ArrayList;
import java.util.List;

/** Which benchmarks a preset runs, in which order: those that are compared stand next to each other. */
final class Suite {

    private static final String CONFIGURATION = "configuration";
    private static final String RIVAL = "rival";

    private Suite() {}

    static List<Run> of(Preset preset) {
        return preset.isWhole() ? whole() : thin();
    }

    private static List<Run> whole() {
        List<Run> runs = new ArrayList<>();
        for (Configuration configuration : Configuration.values()) {
            runs.addAll(wireDoor(configuration, "OBVIOUS", "JACKSON"));
        }
        runs.addAll(messageDoor());
        runs.addAll(limits());
        runs.add(Run.of(SinkBenchmark.class).slowly());
        runs.add(Run.of(StageBenchmark.class).slowly());
        runs.add(Run.of(RejectionBenchmark.class).slowly());
        runs.add(Run.of(FilterBenchmark.class));
        runs.add(Run.of(MaskBenchmark.class).slowly());
        runs.add(Run.of(ExportersBenchmark.class).slowly());
        runs.add(Run.of(SizeBenchmark.class).slowly());
        runs.addAll(fallback("0", "25", "50", "75", "100"));
        return runs;
    }

    /** What the goals need, and of each growth chart two places that are far apart. */
    private static List<Run> thin() {
        List<Run> runs = new ArrayList<>();
        runs.addAll(wireDoor(Configuration.NONE, "OBVIOUS", "JACKSON"));
        runs.addAll(wireDoor(Configuration.SEED, "OBVIOUS"));
        runs.addAll(wireDoor(Configuration.REJECTED, "OBVIOUS"));
        runs.addAll(messageDoor());
        runs.addAll(limits());
        runs.add(Run.of(SinkBenchmark.class).slowly());
        runs.add(Run.of(StageBenchmark.class).with(CONFIGURATION, "SEED"));
        Run rejections = Run.of(RejectionBenchmark.class).with("rejection", "NONE", "POD", "THOUSAND_PODS");
        runs.add(rejections.slowly());
        runs.addAll(thinGrowth());
        return runs;
    }

    private static List<Run> thinGrowth() {
        Run filters = Run.of(FilterBenchmark.class).with("family", "POD", "BOTH_PODS");
        List<Run> runs = new ArrayList<>();
        runs.add(filters.with("filters", "1", "10000").with("matching", "false"));
        runs.add(Run.of(MaskBenchmark.class).with("paths", "1", MaskBenchmark.ALL));
        runs.add(Run.of(ExportersBenchmark.class).with("exporters", "1", "16"));
        runs.add(Run.of(SizeBenchmark.class).with("bytes", "300", "65536"));
        runs.addAll(fallback("100"));
        return runs;
    }

    private static List<Run> wireDoor(Configuration configuration, String... rivals) {
        Run run = Run.of(WireDoorBenchmark.class).with(CONFIGURATION, configuration.name());
        return List.of(run.with(RIVAL, "WIRE").slowly(), run.with(RIVAL, rivals).slowly());
    }

    private static List<Run> messageDoor() {
        Run run = Run.of(MessageDoorBenchmark.class);
        return List.of(
                run.with(RIVAL, "MESSAGE").slowly(),
                run.with(RIVAL, "JSON_FORMAT").slowly());
    }

    private static List<Run> limits() {
        return List.of(
                Run.of(CopyBenchmark.class),
                Run.of(FileBenchmark.class).slowly(),
                Run.of(ThreadsBenchmark.class).slowly());
    }

    private static List<Run> fallback(String... percents) {
        Run run = Run.of(FallbackBenchmark.class).with("splitPercent", percents).slowly();
        return List.of(run.with(RIVAL, "WIRE"), run.with(RIVAL, "OBVIOUS"));
    }
}
