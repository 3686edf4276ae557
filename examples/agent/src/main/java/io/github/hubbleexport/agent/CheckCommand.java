package io.github.hubbleexport.agent;

import io.github.hubbleexport.config.CiliumConfig;
import io.github.hubbleexport.config.DynamicExporter;
import io.github.hubbleexport.config.FlowLogs;
import io.github.hubbleexport.config.Plan;
import io.github.hubbleexport.problem.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Prints what a flowlogs file would bring about, beside the static exporter if there is one, and everything that is wrong.
 * Opens none of the files.
 */
@Command(
        name = "check",
        description = "Prints what a flowlogs file would bring about: a dry run, with warnings and every problem.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class)
final class CheckCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private CiliumOptions cilium = new CiliumOptions();

    CheckCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Problems problems = new Problems();
        CiliumConfig config = cilium.read(problems);
        if (!problems.isEmpty()) {
            return ProblemText.print(problems.list(), host.err());
        }
        Plan plan = plan(config);
        plan.steps().forEach(this::print);
        host.out().flush();
        return plan.isClean() ? HubbleExportAgent.DONE : ProblemText.print(plan.problems(), host.err());
    }

    private static Plan plan(CiliumConfig config) {
        DynamicExporter.Builder builder = DynamicExporter.builder();
        if (config.staticExporter() != null) {
            builder.staticExporter(config.staticExporter());
        }
        Path file = config.flowLogsFile();
        return file == null ? builder.check(FlowLogs.of(List.of())) : builder.check(file);
    }

    private void print(Plan.Step step) {
        boolean fails = step.action() == Plan.Action.FAIL;
        host.out().println(step.name() + ": " + (fails ? "cannot be built" : "can be built"));
        step.warnings().forEach(warning -> host.out().println("  warning: " + warning));
        step.compiled().lines().forEach(line -> host.out().println("  " + line));
    }
}
