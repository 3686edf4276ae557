package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What the name of a backup says.
 *
 * @param moment when the file was put away, as good as the name tells; what a greatest age is measured by
 * @param order backups with a higher one are newer; unlike the moment it never repeats and never goes backwards, even
 *     when the clock does
 */
public record BackupName(Instant moment, long order) {

    /** Checks that the moment is there. */
    public BackupName {
        requireNonNull(moment, "moment");
    }
}
