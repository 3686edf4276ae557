package io.github.hubbleexport.agent;

import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.problem.ConfigException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads a field mask and prints its canonical form, or everything that is wrong with it. */
@Command(
        name = "mask",
        description = "Checks a field mask and prints its canonical form, or every problem.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class)
final class MaskCommand implements Callable<Integer> {

    private final Host host;

    @Option(names = "--check", description = "Check the mask; what this command does anyway.")
    @SuppressWarnings("UnusedVariable") // to be asked for by name is all there is to it
    private boolean check;

    @Mixin
    private MaskOptions mask = new MaskOptions();

    MaskCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        try {
            FlowMask compiled = mask.compile();
            host.out().println(compiled.isAll() ? "(every field)" : compiled);
            host.out().flush();
            return HubbleExportAgent.DONE;
        } catch (ConfigException e) {
            return ProblemText.print(e.problems(), host.err());
        }
    }
}
