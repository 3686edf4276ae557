package io.github.hubbleexport.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Child JVMs that run a main class of this package on the class path of the tests. */
final class ChildJvm {

    private ChildJvm() {}

    /** The words of a command. */
    static List<String> command(Class<?> main, Object... arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        return words;
    }

    /** A shell that does something and then becomes the child; {@code "$@"} is the child's command. */
    static List<String> inShell(String script, List<String> command) {
        List<String> words = new ArrayList<>(List.of("bash", "-c", script, "bash"));
        words.addAll(command);
        return words;
    }

    /** Runs a child that checks everything itself and fails with a stack trace. */
    static void succeeds(List<String> command) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(child.getInputStream().readAllBytes(), UTF_8);
            assertThat(child.waitFor())
                    .as("exit code; the child said: %s", said)
                    .isZero();
        } finally {
            child.destroyForcibly();
        }
    }

    /** Whether a command can be run here and succeeds. */
    static boolean works(List<String> command) throws InterruptedException {
        try {
            Process child = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return child.waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }
}
