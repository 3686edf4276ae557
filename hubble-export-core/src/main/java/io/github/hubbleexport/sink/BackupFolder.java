package io.github.hubbleexport.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the backups of one live file in its folder. Whatever the naming does not know is as if it were not there. */
final class BackupFolder {

    /** Behind the name of an archive that is not finished. */
    static final String TEMPORARY = ".tmp";

    private final Path folder;
    private final String liveName;
    private final BackupNaming naming;
    private final FileOps ops;
    private final Set<String> suffixes = new LinkedHashSet<>();

    BackupFolder(RotatingSinkSettings settings) {
        folder = settings.folder();
        liveName = settings.liveName();
        naming = settings.naming();
        ops = settings.ops();
        suffixes.add(GzipCompression.SUFFIX);
        suffixes.add(ZstdCompression.SUFFIX);
        Compression compression = settings.compression();
        if (compression != null) {
            suffixes.add(compression.suffix());
        }
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    /** All backups, the newest first. */
    List<Backup> newestFirst() throws IOException {
        Map<String, Backup> byName = new TreeMap<>();
        for (String file : ops.list(folder)) {
            String name = withoutSuffix(file);
            BackupName parsed = parse(name);
            FileOps.Facts facts = parsed == null ? null : ops.inspect(resolve(file));
            if (parsed != null && facts != null) {
                byName.merge(name, backup(name, parsed, file, facts.size()), BackupFolder::joined);
            }
        }
        Comparator<Backup> oldestFirst = Comparator.comparingLong(Backup::order);
        return byName.values().stream().sorted(oldestFirst.reversed()).toList();
    }

    /** Archives that were not finished. */
    List<Path> temporaries() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String file : ops.list(folder)) {
            if (isTemporary(file)) {
                found.add(resolve(file));
            }
        }
        return found;
    }

    private boolean isTemporary(String file) {
        if (!file.endsWith(TEMPORARY)) {
            return false;
        }
        String archive = file.substring(0, file.length() - TEMPORARY.length());
        String name = withoutSuffix(archive);
        return !name.equals(archive) && parse(name) != null;
    }

    private @Nullable BackupName parse(String name) {
        return name.equals(liveName) ? null : naming.parse(liveName, name);
    }

    private Backup backup(String name, BackupName parsed, String file, long bytes) {
        return new Backup(name, parsed.moment(), parsed.order(), bytes, List.of(resolve(file)));
    }

    private static Backup joined(Backup one, Backup other) {
        List<Path> files = new ArrayList<>(one.files());
        files.addAll(other.files());
        return new Backup(one.name(), one.moment(), one.order(), one.bytes() + other.bytes(), files);
    }

    private String withoutSuffix(String file) {
        for (String suffix : suffixes) {
            if (file.endsWith(suffix) && file.length() > suffix.length()) {
                return file.substring(0, file.length() - suffix.length());
            }
        }
        return file;
    }
}
