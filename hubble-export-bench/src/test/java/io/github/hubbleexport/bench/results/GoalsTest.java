package io.github.hubbleexport.bench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hubbleexport.bench.CopyBenchmark;
import io.github.hubbleexport.bench.ExportersBenchmark;
import io.github.hubbleexport.bench.FallbackBenchmark;
import io.github.hubbleexport.bench.FileBenchmark;
import io.github.hubbleexport.bench.FilterBenchmark;
import io.github.hubbleexport.bench.MaskBenchmark;
import io.github.hubbleexport.bench.MessageDoorBenchmark;
import io.github.hubbleexport.bench.SinkBenchmark;
import io.github.hubbleexport.bench.SizeBenchmark;
import io.github.hubbleexport.bench.ThreadsBenchmark;
import io.github.hubbleexport.bench.WireDoorBenchmark;
import io.github.hubbleexport.bench.results.Measurements.Case;
import io.github.hubbleexport.bench.rival.SinkRival;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ratios are the right way round, and a goal that is missed is said to be. */
class GoalsTest {

    private static final Map<SinkRival, Double> SINKS =
            Map.of(SinkRival.ROTATING_SINK, 100.0, SinkRival.ROTATING_SINK_QUEUED, 50.0, SinkRival.LOG4J2, 99.0);

    private static void add(Measurements to, Class<?> benchmark, String method, double time, String... values) {
        add(to, benchmark, method, time, 0, values);
    }

    private static void add(
            Measurements to, Class<?> benchmark, String method, double time, double bytes, String... values) {
        Map<String, String> named = new LinkedHashMap<>();
        for (String value : values) {
            named.put(value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
        }
        to.add(new Case(benchmark.getName(), method, named), time, bytes);
    }

    /** Every goal is missed by a little, except that of the message door and that of the queue. */
    private static Measurements measurements() {
        Measurements all = new Measurements();
        add(all, WireDoorBenchmark.class, "export", 100, 1, "configuration=NONE", "rival=WIRE");
        add(all, WireDoorBenchmark.class, "export", 1790, "configuration=NONE", "rival=OBVIOUS");
        add(all, WireDoorBenchmark.class, "export", 50, 5, "configuration=SEED", "rival=WIRE");
        add(all, WireDoorBenchmark.class, "export", 995, "configuration=SEED", "rival=OBVIOUS");
        add(all, WireDoorBenchmark.class, "export", 10, "configuration=REJECTED", "rival=WIRE");
        add(all, WireDoorBenchmark.class, "export", 79, "configuration=REJECTED", "rival=OBVIOUS");
        add(all, MessageDoorBenchmark.class, "export", 100, "rival=MESSAGE");
        add(all, MessageDoorBenchmark.class, "export", 600, "rival=JSON_FORMAT");
        add(all, CopyBenchmark.class, "copy", 20);
        add(all, FileBenchmark.class, "export", 244);
        add(all, FileBenchmark.class, "write", 100);
        add(all, ThreadsBenchmark.class, "export", 250, "threads=1");
        add(all, ThreadsBenchmark.class, "export", 140, "threads=2");
        add(all, ThreadsBenchmark.class, "apart", 240, "threads=1");
        add(all, ThreadsBenchmark.class, "apart", 120, "threads=2");
        for (SinkRival rival : SinkRival.values()) {
            add(all, SinkBenchmark.class, "write", SINKS.getOrDefault(rival, 200.0), "rival=" + rival);
        }
        add(all, FallbackBenchmark.class, "export", 1000, "rival=WIRE", "splitPercent=100");
        add(all, FallbackBenchmark.class, "export", 990, "rival=OBVIOUS", "splitPercent=100");
        addGrowth(all);
        return all;
    }

    private static void addGrowth(Measurements all) {
        add(all, FilterBenchmark.class, "decide", 10, "family=POD", "filters=1", "matching=true");
        add(all, FilterBenchmark.class, "decide", 112, "family=POD", "filters=10", "matching=true");
        add(all, FilterBenchmark.class, "decide", 120, "family=CIDR", "filters=1", "matching=true");
        add(all, FilterBenchmark.class, "decide", 130, "family=CIDR", "filters=10", "matching=true");
        add(all, MaskBenchmark.class, "export", 10, "paths=1");
        add(all, MaskBenchmark.class, "export", 10 * MaskBenchmark.allPaths().size(), "paths=all");
        add(all, ExportersBenchmark.class, "grouped", 10, "exporters=1");
        add(all, ExportersBenchmark.class, "grouped", 20, "exporters=4");
        add(all, SizeBenchmark.class, "export", 10, "bytes=300");
        add(all, SizeBenchmark.class, "export", 20, "bytes=600");
    }

    @Test
    void whatIsMissedIsSaidToBe() {
        assertThat(Goals.lines(measurements()).stream().skip(2).map(line -> line.split(" *\\| *")))
                .extracting(cells -> cells[2] + ": " + cells[3] + (cells.length > 4 ? " " + cells[4] : ""))
                .containsExactly(
                        "at least 18.0: 17.90 **no**",
                        "at least 20.0: 19.90 **no**",
                        "at least 8.0: 7.90 **no**",
                        "at least 6.0: 6.00 yes",
                        "at most 4.0: 5.00 **no**",
                        "at most 1.2: 1.22 **no**",
                        "at least 1.8: 1.79 **no**",
                        "at least 1.0: 0.99 **no**",
                        "at least 1.0: 1.98 yes",
                        "at least 1.0: 0.99 **no**",
                        "at most 1.1: 1.12 **no**",
                        "at most 1.1: 1.00 yes",
                        "at most 1.1: 0.50 yes",
                        "at most 1.1: 1.00 yes",
                        ": 5.00",
                        ": 2.44",
                        ": 2.00");
    }

    @Test
    void whatWasNotMeasuredIsNotPassedOver() {
        assertThatThrownBy(() -> Goals.lines(new Measurements()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("not measured: WireDoorBenchmark.export [NONE, OBVIOUS]");
    }

    @Test
    void aTableComparesWithTheBaseOfItsOwnRows() {
        Section filters = new Section("Filters", FilterBenchmark.class, "filters", "1");
        assertThat(filters.lines(measurements()))
                .containsExactly(
                        "## Filters",
                        "",
                        "| family | filters | matching | shortest, ns | median, ns | B/event | times 1 |",
                        "| --- | --- | --- | --- | --- | --- | --- |",
                        "| POD | 1 | true | 10.0 | 10.0 | 0 | 1.00 |",
                        "| POD | 10 | true | 112 | 112 | 0 | 11.20 |",
                        "| CIDR | 1 | true | 120 | 120 | 0 | 1.00 |",
                        "| CIDR | 10 | true | 130 | 130 | 0 | 1.08 |",
                        "");
    }
}
