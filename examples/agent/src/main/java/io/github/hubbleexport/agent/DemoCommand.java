package io.github.hubbleexport.agent;

import io.github.hubbleexport.agent.simulation.SimulatedTraffic;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.sink.RotatingSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows on the events of a cluster that does not exist what an exporter does. */
@Command(
        name = "demo",
        description =
                "Simulates a small cluster's events, exports them into a rotated file, and tells what was filtered,"
                        + " masked and rotated. Files of an earlier demo in the same folder are deleted.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class)
final class DemoCommand implements Callable<Integer> {

    private static final String EVENTS = "--events";
    private static final String RATE = "--rate";
    private static final String DIRECTORY = "--directory";

    private final Host host;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Tells one simulation from another (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = EVENTS, paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).")
    private long events = 20_000;

    @Option(
            names = RATE,
            paramLabel = "EVENTS",
            description = "How many a second; 0 for as fast as possible (default: ${DEFAULT-VALUE}).")
    private long rate;

    @Option(names = DIRECTORY, paramLabel = "FOLDER", description = "Where the files go (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("target", "demo");

    DemoCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        DemoFiles files = new DemoFiles(directory);
        Problems problems = new Problems();
        checkNotNegative(EVENTS, events, problems);
        checkNotNegative(RATE, rate, problems);
        RotatingSink sink = Checked.orNull(() -> DemoSettings.sink(files.live()), problems);
        if (sink == null || !problems.isEmpty()) {
            Checked.discard(sink);
            return ProblemText.print(problems.list(), host.err());
        }
        return run(sink, files);
    }

    private int run(RotatingSink sink, DemoFiles files) {
        try {
            files.clear();
        } catch (IOException e) {
            Checked.discard(sink);
            Problem problem = new Problem(DIRECTORY, directory.toString(), "cannot be cleared of old files: " + e);
            return ProblemText.print(List.of(problem), host.err());
        }
        DemoReport report = new DemoReport(host.out(), files);
        report.configuration(seed, events);
        return new DemoRun(sink, report, host).run(new SimulatedTraffic(seed), events, rate);
    }

    private static void checkNotNegative(String option, long value, Problems problems) {
        if (value < 0) {
            problems.add(option, String.valueOf(value), "must not be negative");
        }
    }
}
