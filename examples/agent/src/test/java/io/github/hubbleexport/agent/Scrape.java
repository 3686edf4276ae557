package io.github.hubbleexport.agent;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricsProcessor;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.walkers.CollectorPrometheusMetricsWalker;

/** The page of metrics, as a parser of Prometheus' text format understands it. */
final class Scrape {

    private final Map<String, Double> samples = new TreeMap<>();

    Scrape(String page) {
        CollectorPrometheusMetricsWalker families = new CollectorPrometheusMetricsWalker();
        new TextPrometheusMetricsProcessor(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)), families)
                .walk();
        families.getAllMetricFamilies().forEach(this::add);
        long lines = page.lines().filter(line -> !line.startsWith("#")).count();
        if (lines != samples.size()) {
            throw new AssertionError("of " + lines + " lines " + samples.size() + " were understood:\n" + page);
        }
    }

    private void add(MetricFamily family) {
        for (Metric metric : family.getMetrics()) {
            String labels = new TreeMap<>(metric.getLabels())
                    .entrySet().stream()
                            .map(label -> label.getKey() + "=" + label.getValue())
                            .collect(Collectors.joining(","));
            samples.put(family.getName() + "{" + labels + "}", value(metric));
        }
    }

    private static double value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getValue();
        }
        if (metric instanceof Gauge gauge) {
            return gauge.getValue();
        }
        throw new AssertionError("neither counter nor gauge: " + metric);
    }

    /** Values by {@code name{label=value,…}}, labels in the order of their names. */
    Map<String, Double> samples() {
        return samples;
    }

    double value(String sample) {
        Double value = samples.get(sample);
        if (value == null) {
            throw new AssertionError("there is no " + sample + " among " + samples.keySet());
        }
        return value;
    }
}
