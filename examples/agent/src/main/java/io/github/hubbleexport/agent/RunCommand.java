package io.github.hubbleexport.agent;

import io.github.hubbleexport.agent.serve.ListenAddress;
import io.github.hubbleexport.agent.serve.PageServer;
import io.github.hubbleexport.config.CiliumConfig;
import io.github.hubbleexport.config.DynamicExporter;
import io.github.hubbleexport.config.GoDuration;
import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.problem.Problems;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Exports events to the flow logs of a file that is followed, until the input or the process ends. */
@Command(
        name = "run",
        description =
                "Exports events to the flow logs of a file, which is followed, until the input ends or a signal comes;"
                        + " serves /metrics, /healthz and /status. Exit code 0: done; 1: some events failed, the input broke off,"
                        + " or the time to end was over; 2: bad usage or configuration.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class)
final class RunCommand implements Callable<Integer> {

    private static final String LISTEN = "--listen";
    private static final String REMOTE = "--listen-beyond-loopback";
    private static final String TIMEOUT = "--shutdown-timeout";

    private final Host host;

    @Mixin
    private CiliumOptions cilium = new CiliumOptions();

    @Option(
            names = InputFile.FLAG,
            required = true,
            paramLabel = "FILE|FOLDER|-",
            description =
                    "Where events come from. - is standard input, which is read until it ends. A file is read from"
                            + " its beginning and followed, also when it is cut or replaced. The files of a folder are read in"
                            + " the order of their names, and the last one is followed until a later one is there.")
    private String input = InputFile.STDIN;

    @Mixin
    private FormatOptions format = new FormatOptions();

    @Option(
            names = LISTEN,
            paramLabel = "ADDRESS:PORT",
            description = "Where to serve HTTP (default: ${DEFAULT-VALUE}); port 0 takes any that is free.")
    private String listen = "127.0.0.1:9967";

    @Option(names = REMOTE, description = "Allow an address that others than this machine can reach.")
    private boolean remote;

    @Option(
            names = TIMEOUT,
            paramLabel = "DURATION",
            description = "How long the end may take, such as 10s, the default; what waits then is lost and told.")
    private String timeout = "10s";

    RunCommand(Host host) {
        this.host = host;
    }

    /** Checks everything before anything is opened. */
    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems();
        CiliumConfig config = cilium.read(problems);
        InputFile.checkFileOrFolder(input, problems);
        InetSocketAddress address = ListenAddress.parse(listen, LISTEN, REMOTE, remote, problems);
        Duration limit = limit(problems);
        return address == null || !problems.isEmpty()
                ? ProblemText.print(problems.list(), host.err())
                : serve(config, address, limit);
    }

    private Duration limit(Problems problems) {
        Duration limit = GoDuration.parse(timeout).orElse(Duration.ZERO);
        if (limit.compareTo(Duration.ZERO) <= 0) {
            problems.add(TIMEOUT, timeout, "expected a duration above zero, such as 10s or 1m30s");
        }
        return limit;
    }

    private int serve(CiliumConfig config, InetSocketAddress address, Duration limit) throws IOException {
        PageServer server;
        try {
            server = PageServer.bind(address);
        } catch (IOException e) {
            return refuse(new Problem(LISTEN, listen, "cannot be listened on: " + e.getMessage()));
        }
        try (server) {
            return export(config, server, limit);
        }
    }

    private int export(CiliumConfig config, PageServer server, Duration limit) throws IOException {
        try (DynamicExporter exporter = exporter(config, limit)) {
            RunInput from = RunInput.open(input, format.format(), host, this::tell);
            return new RunSession(exporter, from, limit, host).run(server);
        } catch (ConfigException e) {
            return ProblemText.print(e.problems(), host.err());
        } catch (FileNotFoundException e) {
            return refuse(InputFile.unopened(input, e));
        }
    }

    /** A reload that waits for a file that hangs must leave time to end in. */
    private static DynamicExporter exporter(CiliumConfig config, Duration limit) {
        DynamicExporter.Builder builder = config.flowLogsFile() == null
                ? DynamicExporter.builder()
                : DynamicExporter.builder(config.flowLogsFile());
        if (config.staticExporter() != null) {
            builder.staticExporter(config.staticExporter());
        }
        return builder.drainTimeout(limit.dividedBy(4)).build();
    }

    private int refuse(Problem problem) {
        return ProblemText.print(List.of(problem), host.err());
    }

    private void tell(String note) {
        host.err().println(note);
        host.err().flush();
    }
}
