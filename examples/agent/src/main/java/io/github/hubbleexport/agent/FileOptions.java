package io.github.hubbleexport.agent;

import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.problem.Problem;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.Sink;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where lines go, under the names and with the defaults of the Cilium agent's flags. */
final class FileOptions {

    /** Name of the file flag, for problems. */
    static final String PATH_FLAG = "--hubble-export-file-path";

    /** Name of the size flag, for problems. */
    static final String SIZE_FLAG = "--hubble-export-file-max-size-mb";

    /** Name of the backups flag, for problems. */
    static final String BACKUPS_FLAG = "--hubble-export-file-max-backups";

    private static final String STDOUT = "stdout";

    @Option(names = PATH_FLAG, paramLabel = "FILE", description = "File to append to, or 'stdout' (the default).")
    private String path = STDOUT;

    @Option(
            names = SIZE_FLAG,
            paramLabel = "MB",
            description = "Size at which the file is rotated, in MiB (default: ${DEFAULT-VALUE}).")
    private int maxSizeMb = RotatingSink.DEFAULT_MAX_FILE_SIZE_MB;

    @Option(
            names = BACKUPS_FLAG,
            paramLabel = "N",
            description = "Rotated files to keep; 0 keeps all (default: ${DEFAULT-VALUE}).")
    private int maxBackups = RotatingSink.DEFAULT_MAX_BACKUPS;

    @Option(
            names = "--hubble-export-file-compress",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Compress rotated files with gzip.")
    private boolean compress;

    FileOptions() {}

    /**
     * The sink that was asked for. Opens and creates nothing.
     *
     * @param stdout makes the one for standard output
     * @throws ConfigException with every problem
     */
    Sink sink(Supplier<Sink> stdout) {
        return path.equals(STDOUT) ? stdout.get() : file();
    }

    private RotatingSink file() {
        return RotatingSink.builder(filePath())
                .maxFileSizeMb(maxSizeMb)
                .maxBackups(maxBackups)
                .compress(compress)
                .build();
    }

    private Path filePath() {
        if (path.isBlank()) {
            throw refused("name a file, or stdout");
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw refused("is no path: " + e.getReason());
        }
    }

    private ConfigException refused(String reason) {
        return new ConfigException(List.of(new Problem(PATH_FLAG, path, reason)));
    }
}
