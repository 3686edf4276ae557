package io.github.hubbleexport.agent;

import io.github.hubbleexport.filter.FlowFilters;
import io.github.hubbleexport.problem.Problems;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compiles filter lists and prints what they became, everything that is wrong with them, or what they do to events. */
@Command(
        name = "filters",
        description =
                "Checks filter lists and prints their compiled form, or every problem; or explains for each event why"
                        + " it passes them or does not. Exit code 0: done; 1: some events could not be read; 2: bad"
                        + " usage or configuration.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class)
final class FiltersCommand implements Callable<Integer> {

    private static final String EXPLAIN = "--explain";

    private final Host host;

    @Option(names = "--check", description = "Check the lists; what this command does anyway.")
    @SuppressWarnings("UnusedVariable") // to be asked for by name is all there is to it
    private boolean check;

    @Option(
            names = EXPLAIN,
            description = "Say for each event of the input, filter by filter, why it passes or does not.")
    private boolean explain;

    @Option(
            names = InputFile.FLAG,
            paramLabel = "FILE|-",
            description = "With --explain: where events come from; - is standard input.")
    private @Nullable String input;

    @Option(
            names = "--input-format",
            paramLabel = "protobuf|json",
            description =
                    "With --explain: protobuf (the default): ExportEvents, each after its length as a varint. json: an"
                            + " ExportEvent or a GetFlowsResponse a line.")
    private @Nullable InputFormat format;

    @Option(names = "--json", description = "With --explain: print a JSON object a line for each event.")
    private boolean json;

    @Mixin
    private FilterOptions filters = new FilterOptions();

    FiltersCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems();
        FlowFilters compiled = Checked.orNull(filters::compile, problems);
        checkOptions(problems);
        if (compiled == null || !problems.isEmpty()) {
            return ProblemText.print(problems.list(), host.err());
        }
        return input == null ? print(compiled) : explain(compiled, input);
    }

    private void checkOptions(Problems problems) {
        if (explain && input == null) {
            problems.add(EXPLAIN, "", "needs events: add --input=FILE, or --input=- for standard input");
        }
        if (!explain && (input != null || format != null || json)) {
            problems.add(EXPLAIN, "", "is missing; --input, --input-format and --json make sense only with it");
        }
        if (explain && input != null) {
            InputFile.check(input, problems);
        }
    }

    private int print(FlowFilters compiled) {
        host.out().println(compiled.toString().stripTrailing());
        host.out().flush();
        return HubbleExportAgent.DONE;
    }

    private int explain(FlowFilters compiled, String from) throws IOException {
        InputFormat chosen = format == null ? InputFormat.PROTOBUF : format;
        try (InputStream in = InputFile.open(from, host)) {
            return new ExplainRun(compiled, json, host).run(chosen.read(in));
        } catch (FileNotFoundException e) {
            return ProblemText.print(List.of(InputFile.unopened(from, e)), host.err());
        }
    }
}
