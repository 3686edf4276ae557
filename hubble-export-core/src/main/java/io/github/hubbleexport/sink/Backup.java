package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A file that was put away. A plain one and its compressed form, while both are there, are one backup.
 *
 * @param name its name, without the suffix of a compression
 * @param moment when it was put away, by its name
 * @param order higher is newer, by its name
 * @param bytes what these files take on the disk together
 * @param files the files that hold it: plain, compressed, or both
 */
public record Backup(String name, Instant moment, long order, long bytes, List<Path> files) {

    /** Copies the list. */
    public Backup {
        requireNonNull(name, "name");
        requireNonNull(moment, "moment");
        files = List.copyOf(files);
    }
}
