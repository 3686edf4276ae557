package io.github.hubbleexport.bench.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.hubbleexport.bench.rival.Configuration;
import io.github.hubbleexport.testkit.ConformanceData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long a fresh JVM takes from the first use of the builder to the first line in a file, and what it has to load. */
final class ColdStart {

    /** Of these the first event has its line, so that it can be checked. */
    private static final List<Configuration> CONFIGURATIONS = List.of(Configuration.NONE, Configuration.SEED);

    private final int children;
    private final Path folder;

    /** Starts so many JVMs for each configuration, which write into a folder. */
    ColdStart(int children, Path folder) {
        this.children = children;
        this.folder = folder;
    }

    List<String> lines() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        lines.add("## Cold start");
        lines.add("");
        lines.add("From the first use of `ExporterBuilder` to the first line in the file, in a fresh JVM each time.");
        lines.add("");
        lines.add("| configuration | JVMs | shortest, ms | median, ms |");
        lines.add("| --- | --- | --- | --- |");
        for (Configuration configuration : CONFIGURATIONS) {
            lines.add(row(configuration));
        }
        lines.add("");
        lines.addAll(sizes());
        return lines;
    }

    private String row(Configuration configuration) throws IOException, InterruptedException {
        double[] nanoseconds = new double[children];
        for (int child = 0; child < children; child++) {
            nanoseconds[child] = measure(configuration);
        }
        Figure figure = Figure.of(nanoseconds, new double[] {0});
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f |",
                configuration,
                children,
                figure.shortest() / 1e6,
                figure.median() / 1e6);
    }

    private double measure(Configuration configuration) throws IOException, InterruptedException {
        Path event = folder.resolve("event.bin");
        Path file = folder.resolve("first.log");
        Files.write(event, firstEvent());
        Process child = new ProcessBuilder(command(configuration, event, file))
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), UTF_8);
        if (child.waitFor() != 0) {
            throw new IllegalStateException("a fresh JVM failed: " + said);
        }
        String line = Files.readString(file);
        Files.delete(file);
        if (!line.equals(configuration.firstExpectedLine())) {
            throw new IllegalStateException("a fresh JVM wrote " + line);
        }
        return Double.parseDouble(said.strip());
    }

    private static byte[] firstEvent() {
        return ConformanceData.resource("encode/cluster.bin").get(0).toByteArray();
    }

    /** Nothing but what the library needs is on the class path, and the class that looks at the clock. */
    private static List<String> command(Configuration configuration, Path event, Path file) {
        String classPath =
                Footprint.classPath() + System.getProperty("path.separator") + Footprint.place(ColdStartProbe.class);
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                ColdStartProbe.class.getName(),
                event.toString(),
                file.toString(),
                configuration.allowList(),
                configuration.denyList(),
                String.join(",", configuration.fieldMask()));
    }

    private static List<String> sizes() {
        List<String> lines = new ArrayList<>();
        lines.add("| jar that a host needs | KiB |");
        lines.add("| --- | --- |");
        long sum = 0;
        for (Path jar : Footprint.jars()) {
            long bytes = Footprint.bytes(jar);
            sum += bytes;
            lines.add("| " + jar.getFileName() + " | " + kibibytes(bytes) + " |");
        }
        lines.add("| all | " + kibibytes(sum) + " |");
        lines.add("");
        return lines;
    }

    private static String kibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f", bytes / 1024.0);
    }
}
