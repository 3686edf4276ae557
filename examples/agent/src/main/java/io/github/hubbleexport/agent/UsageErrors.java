package io.github.hubbleexport.agent;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Tells everything that is wrong with the arguments at once; picocli alone would stop at the first. */
final class UsageErrors {

    private UsageErrors() {}

    /** Makes this command line and its commands collect errors instead of throwing the first. */
    static void collectAll(CommandLine line) {
        line.getCommandSpec().parser().collectErrors(true);
        line.getSubcommands().values().forEach(UsageErrors::collectAll);
    }

    /** Runs the command if its arguments are right or only help was asked for. */
    static int runUnlessBad(ParseResult parsed) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        List<Exception> errors = new ArrayList<>();
        CommandLine last = parsed.commandSpec().commandLine();
        for (@Nullable ParseResult at = parsed; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
            errors.addAll(at.errors());
            last = at.commandSpec().commandLine();
        }
        return errors.isEmpty() ? new CommandLine.RunLast().execute(parsed) : report(last, errors);
    }

    private static int report(CommandLine line, List<Exception> errors) {
        PrintWriter err = line.getErr();
        errors.stream().map(Exception::getMessage).distinct().forEach(err::println);
        err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return HubbleExportAgent.BAD_USAGE;
    }
}
