package io.github.hubbleexport.agent;

import io.github.hubbleexport.problem.ConfigException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compiles filter lists and prints what they became, or everything that is wrong with them. */
@Command(
        name = "filters",
        description = "Checks filter lists and prints their compiled form, or every problem.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class)
final class FiltersCommand implements Callable<Integer> {

    private final Host host;

    @Option(names = "--check", description = "Check the lists; what this command does anyway.")
    @SuppressWarnings("UnusedVariable") // to be asked for by name is all there is to it
    private boolean check;

    @Mixin
    private FilterOptions filters = new FilterOptions();

    FiltersCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        try {
            host.out().println(filters.compile().toString().stripTrailing());
            host.out().flush();
            return HubbleExportAgent.DONE;
        } catch (ConfigException e) {
            return ProblemText.print(e.problems(), host.err());
        }
    }
}
