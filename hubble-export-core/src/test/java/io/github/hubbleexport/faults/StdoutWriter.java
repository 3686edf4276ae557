package io.github.hubbleexport.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.StdoutSink;
import io.github.hubbleexport.stats.ExporterCounters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/**
 * A child that exports to its standard output. For each line on its standard input it exports as many events as the line
 * says, and then tells on standard error how many it received, wrote and lost so far. It ends with its input.
 */
final class StdoutWriter {

    static final String WRITER = "stdout";

    private StdoutWriter() {}

    /** No arguments. */
    public static void main(String[] args) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
        try (FlowExporter exporter =
                new ExporterBuilder().sink(new StdoutSink()).batchBytes(8192).build()) {
            int number = 0;
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                for (int left = Integer.parseInt(order); left > 0; left--) {
                    exporter.export(Numbered.event(WRITER, number++));
                }
                exporter.flush();
                tell(exporter.counters());
            }
        }
    }

    private static void tell(ExporterCounters counters) {
        System.err.println("counted " + counters.received() + " " + counters.written() + " " + counters.lostTotal());
    }
}
