package io.github.hubbleexport.sink;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Gives backups their names and finds them again. Names are plain file names, without a folder: a backup stays beside
 * the live file. Called by the writing thread and by the background thread at once, so it must be safe for that.
 *
 * <p>Every name that {@link #name} gives must come back from {@link #parse}, with an order above {@code after}.
 */
public interface BackupNaming {

    /**
     * A name for the file that is put away now.
     *
     * @param liveName name of the live file
     * @param moment now, by the clock of the sink
     * @param after order of the newest backup; the new one must be above it. {@link Long#MIN_VALUE} if there is none
     */
    String name(String liveName, Instant moment, long after);

    /**
     * Reads a name back, without the suffix of a compression.
     *
     * @return null if this is no backup of that live file; such a file is never touched
     */
    @Nullable
    BackupName parse(String liveName, String name);

    /**
     * Hubble's own names, {@code <stem>-2006-01-02T15-04-05.000<ext>}, of the moment of rotation. Where Hubble would
     * overwrite a backup of the same millisecond, and when the clock stepped back, the name is one millisecond after the
     * newest: names stay in Hubble's form, distinct, and in the order of the rotations.
     *
     * @param zone the time zone of the names; Hubble's default is UTC
     */
    static BackupNaming timestamp(ZoneId zone) {
        return new TimestampNaming(zone);
    }
}
