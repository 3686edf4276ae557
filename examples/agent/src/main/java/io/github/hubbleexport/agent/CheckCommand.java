package io.github.hubbleexport.agent;

import io.github.hubbleexport.config.DynamicExporter;
import io.github.hubbleexport.config.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what a flowlogs file would bring about, and everything that is wrong with it. Opens none of its files. */
@Command(
        name = "check",
        description = "Prints what a flowlogs file would bring about: a dry run, with warnings and every problem.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class)
final class CheckCommand implements Callable<Integer> {

    private final Host host;

    @Option(
            names = "--hubble-flowlogs-config-path",
            required = true,
            paramLabel = "FILE",
            description = "The file with the flow logs, in YAML or JSON.")
    @SuppressWarnings("NullAway.Init") // picocli's
    private Path file;

    CheckCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        try (DynamicExporter exporter =
                DynamicExporter.builder().pollInterval(Duration.ZERO).build()) {
            Plan plan = exporter.check(file);
            plan.steps().forEach(this::print);
            host.out().flush();
            return plan.isClean() ? HubbleExportAgent.DONE : ProblemText.print(plan.problems(), host.err());
        }
    }

    private void print(Plan.Step step) {
        boolean fails = step.action() == Plan.Action.FAIL;
        host.out().println(step.name() + ": " + (fails ? "cannot be built" : "can be built"));
        step.warnings().forEach(warning -> host.out().println("  warning: " + warning));
        step.compiled().lines().forEach(line -> host.out().println("  " + line));
    }
}
