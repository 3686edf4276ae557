package io.github.hubbleexport.config;

import io.github.hubbleexport.problem.Problems;
import io.github.hubbleexport.sink.RotatingSink;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to hold for the entries of a file as a whole (upstream: {@code Validate} in
 * {@code pkg/hubble/exporter/config.go}, whose messages these begin with).
 */
final class EntryChecks {

    private final Set<String> names = new HashSet<>();
    private final Map<Path, FlowLogConfig> files = new HashMap<>();
    private final Problems problems;

    private EntryChecks(Problems problems) {
        this.problems = problems;
    }

    static void checkAll(List<Entry> entries, Problems problems) {
        EntryChecks checks = new EntryChecks(problems);
        entries.forEach(checks::check);
    }

    private void check(Entry entry) {
        checkName(entry);
        checkPath(entry);
        checkNumbers(entry);
    }

    private void checkName(Entry entry) {
        String name = entry.config().name();
        if (name.isBlank()) {
            entry.refuse(".name", name, "name is required", problems);
        } else if (!names.add(name)) {
            entry.refuse(".name", "", "duplicated flowlog name " + name, problems);
        }
    }

    private void checkPath(Entry entry) {
        String path = entry.config().filePath();
        if (path.isEmpty()) {
            entry.refuse(".filePath", "", "filePath is required", problems);
        } else if (!entry.config().isStdout()) {
            checkFile(entry, path);
        }
    }

    private void checkFile(Entry entry, String path) {
        Path file = file(path);
        if (file == null) {
            entry.refuse(".filePath", path, "no path of this file system", problems);
            return;
        }
        FlowLogConfig other = files.putIfAbsent(file, entry.config());
        if (other != null) {
            String twin = other.filePath().equals(path)
                    ? ""
                    : ", which is the file of " + other.name() + " in another spelling: " + other.filePath();
            entry.refuse(".filePath", "", "duplicated flowlog path " + path + twin, problems);
        }
    }

    /** The file that a path leads to, as far as that can be told now; null for what is no path. */
    static @Nullable Path file(String path) {
        try {
            return RotatingSink.realPath(Path.of(path));
        } catch (InvalidPathException e) {
            return null;
        } catch (IOException cannotBeFollowed) {
            // Building the entry tells of it; until then the path stands for itself.
            return Path.of(path).toAbsolutePath().normalize();
        }
    }

    private void checkNumbers(Entry entry) {
        FlowLogConfig config = entry.config();
        if (config.fileMaxSizeMb() < 1) {
            refuseNumber(entry, EntryReader.FILE_MAX_SIZE_MB, config.fileMaxSizeMb(), "must not be negative");
        }
        if (config.fileMaxBackups() < 0) {
            String reason = "must not be negative; to keep all, write: all";
            refuseNumber(entry, EntryReader.FILE_MAX_BACKUPS, config.fileMaxBackups(), reason);
        }
        if (config.aggregationInterval().isNegative()) {
            String reason = "must not be negative";
            refuseNumber(entry, EntryReader.AGGREGATION_INTERVAL, config.aggregationInterval(), reason);
        }
    }

    private void refuseNumber(Entry entry, String key, Object value, String reason) {
        entry.refuse("." + key, value.toString(), reason, problems);
    }
}
