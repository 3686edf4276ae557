package io.github.hubbleexport.agent;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The program {@code hubble-export-agent}. Exit codes: 0 done, 1 some events failed or the input broke off, 2 bad usage
 * or configuration.
 */
@Command(
        name = "hubble-export-agent",
        description = "Exports Hubble's events as JSON lines, filtered and masked, into rotating files.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class,
        subcommands = {
            ExportCommand.class,
            RunCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            FiltersCommand.class,
            MaskCommand.class
        })
public final class HubbleExportAgent implements Runnable {

    /** Everything was done. */
    static final int DONE = 0;

    /** Some events failed, or the input broke off. */
    static final int SOME_FAILED = 1;

    /** The arguments cannot be used; nothing was opened or created. */
    static final int BAD_USAGE = 2;

    /** Seconds in which a request has to arrive, and its answer to be taken. */
    private static final String HTTP_SECONDS = "10";

    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli's
    private CommandSpec spec;

    HubbleExportAgent() {}

    /**
     * Runs the program and ends the process.
     *
     * @param args a command and its options
     */
    public static void main(String[] args) {
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "%4$s: %5$s%6$s%n"); // one line, as all else on standard error
        }
        System.setProperty("sun.net.httpserver.maxReqTime", HTTP_SECONDS);
        System.setProperty("sun.net.httpserver.maxRspTime", HTTP_SECONDS);
        System.exit(commandLine(Host.process()).execute(args));
    }

    /** The program with its streams; for the tests too. */
    static CommandLine commandLine(Host host) {
        CommandLine line = new CommandLine(new HubbleExportAgent(), new Commands(host));
        line.setOut(host.out());
        line.setErr(host.err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false); // a value that begins with @ is a value, as for the Cilium agent
        line.setExecutionStrategy(UsageErrors::runUnlessBad);
        UsageErrors.collectAll(line);
        return line;
    }

    /** No command at all. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }
}
