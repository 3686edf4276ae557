package io.github.hubbleexport;

import static java.util.Objects.requireNonNull;

import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.Sink;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What was said of the file that events go to; what was not said is null. */
final class FileSettings {

    @Nullable
    Path path;

    @Nullable
    Integer maxFileSizeMb;

    @Nullable
    Integer maxBackups;

    @Nullable
    Boolean compress;

    /** Exactly one destination is asked for, and what is said of a file needs a file. */
    void checkDestination(@Nullable Sink sink, Problems problems) {
        if (path == null && sink == null) {
            problems.add("filePath", "", "events need a destination: a file path or a sink");
        } else if (path != null && sink != null) {
            problems.add("filePath", path.toString(), "given together with a sink; choose one");
        } else if (path == null) {
            refuse("maxFileSizeMb", maxFileSizeMb, problems);
            refuse("maxBackups", maxBackups, problems);
            refuse("compress", compress, problems);
        }
    }

    private static void refuse(String setting, @Nullable Object value, Problems problems) {
        if (value != null) {
            problems.add(setting, value.toString(), "only for a file path; a sink has its own settings");
        }
    }

    RotatingSink open() {
        RotatingSink.Builder builder = RotatingSink.builder(requireNonNull(path, "path"));
        if (maxFileSizeMb != null) {
            builder.maxFileSizeMb(maxFileSizeMb);
        }
        if (maxBackups != null) {
            builder.maxBackups(maxBackups);
        }
        if (compress != null) {
            builder.compress(compress);
        }
        return builder.build();
    }
}
