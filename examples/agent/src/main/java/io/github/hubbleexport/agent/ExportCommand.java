package io.github.hubbleexport.agent;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.mask.FlowMask;
import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.sink.Sink;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the events of a file or of standard input through one exporter. */
@Command(
        name = "export",
        description =
                "Exports events from a file or from standard input. Exit code 0: done; 1: some events failed, or the"
                        + " input broke off; 2: bad usage or configuration.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class)
final class ExportCommand implements Callable<Integer> {

    private final Host host;

    @Option(
            names = InputFile.FLAG,
            required = true,
            paramLabel = "FILE|-",
            description = "Where events come from; - is standard input.")
    private String input = InputFile.STDIN;

    @Mixin
    private FormatOptions format = new FormatOptions();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private MaskOptions mask = new MaskOptions();

    @Mixin
    private FileOptions file = new FileOptions();

    ExportCommand(Host host) {
        this.host = host;
    }

    /** Checks everything before anything is opened. */
    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems();
        InputFile.check(input, problems);
        FlowFilters chosen = Checked.orNull(filters::compile, problems);
        FlowMask kept = Checked.orNull(mask::compile, problems);
        Sink sink = Checked.orNull(() -> file.sink(host.stdoutSink()), problems);
        if (chosen != null && kept != null && sink != null && problems.isEmpty()) {
            return export(builder(chosen, kept), sink);
        }
        Checked.discard(sink);
        return ProblemText.print(problems.list(), host.err());
    }

    private static ExporterBuilder builder(FlowFilters filters, FlowMask mask) {
        return new ExporterBuilder().name("export").filters(filters).fieldMask(mask.paths());
    }

    private int export(ExporterBuilder builder, Sink sink) throws IOException {
        try (InputStream in = InputFile.open(input, host)) {
            FlowExporter exporter = builder.sink(sink).build();
            return new ExportRun(exporter, sink, host).run(format.read(in));
        } catch (FileNotFoundException e) {
            Checked.discard(sink);
            return ProblemText.print(List.of(InputFile.unopened(input, e)), host.err());
        }
    }
}
