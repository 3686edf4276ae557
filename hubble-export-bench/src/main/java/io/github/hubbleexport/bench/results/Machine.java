package io.github.hubbleexport.bench.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where and what was measured. */
final class Machine {

    private static final String UNKNOWN = "unknown";
    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** The processor, the system, and the kind of file system that files were written to. */
    static String text(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
                + property("os.name") + " " + property("os.version") + " (" + property("os.arch") + "), files on "
                + store.type();
    }

    static String jdk() {
        return property("java.version") + " (" + property("java.vm.name") + ", " + property("java.vendor") + ")";
    }

    private static String property(String name) {
        return System.getProperty(name, UNKNOWN);
    }

    private static String processor() throws IOException {
        if (!Files.isReadable(CPUS)) {
            return UNKNOWN + " processor";
        }
        try (Stream<String> lines = Files.lines(CPUS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN + " processor");
        }
    }

    /** The commit that is checked out in the working folder, marked when files are changed. */
    static String commit() throws InterruptedException {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
            return git.waitFor() == 0 && !said.isEmpty() ? said : UNKNOWN;
        } catch (IOException noGit) {
            return UNKNOWN;
        }
    }
}
