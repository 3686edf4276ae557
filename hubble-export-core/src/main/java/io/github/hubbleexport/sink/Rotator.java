package io.github.hubbleexport.sink;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Renames the live file to a backup under a name that is new and newer than all others. For the writing thread only.
 *
 * <p>Where renaming is refused (a file mounted into a container, a folder without permission) the lines go on to the same
 * file, and it is tried again after growing pauses.
 */
final class Rotator {

    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private static final int MAX_NAMES = 100;

    private final Path live;
    private final String liveName;
    private final Clock clock;
    private final BackupNaming naming;
    private final BackupFolder folder;
    private final FileOps ops;
    private final SinkCounters counters;
    private final GrowingPause pause;

    private boolean newestIsKnown;
    private long newest = Long.MIN_VALUE;

    Rotator(RotatingSinkSettings settings, SinkCounters counters) {
        live = settings.path();
        liveName = settings.liveName();
        clock = settings.clock();
        naming = settings.naming();
        ops = settings.ops();
        pause = new GrowingPause(settings.ticker(), FIRST_PAUSE, LONGEST_PAUSE);
        folder = new BackupFolder(settings);
        this.counters = counters;
    }

    /** Whether an attempt makes sense now. */
    boolean mayTry() {
        return pause.isOver();
    }

    /** Puts the live file away; it has to be opened anew afterwards. Failures are counted and start a pause. */
    void rotate() throws IOException {
        learnNewest();
        try {
            Path backup = renameToFreeName();
            pause.succeeded();
            counters.rotations.getAndIncrement();
            counters.tell(host -> host.rotated(live, backup));
        } catch (IOException e) {
            refused(SinkOperation.RENAME, e);
            throw e;
        } catch (RuntimeException e) {
            refused(SinkOperation.POLICY, e);
            throw new IOException("the naming of backups failed: " + e, e);
        }
    }

    private void refused(SinkOperation operation, Exception cause) {
        pause.failed();
        counters.failed(operation, live, cause);
    }

    /** Without a list of the folder names are still never taken twice, only their order is not certain. */
    private void learnNewest() {
        if (newestIsKnown) {
            return;
        }
        try {
            List<Backup> backups = folder.newestFirst();
            if (!backups.isEmpty()) {
                newest = Math.max(newest, backups.get(0).order());
            }
            newestIsKnown = true;
        } catch (IOException | RuntimeException e) {
            counters.failed(SinkOperation.LIST, live, e);
        }
    }

    private Path renameToFreeName() throws IOException {
        Instant moment = clock.instant();
        for (int attempt = 0; attempt < MAX_NAMES; attempt++) {
            Path backup = renameToNext(moment);
            if (backup != null) {
                return backup;
            }
        }
        throw new FileAlreadyExistsException(live.toString(), null, "no free name for a backup");
    }

    /** Null if somebody else has taken the name since the folder was listed. */
    private @Nullable Path renameToNext(Instant moment) throws IOException {
        String name = naming.name(liveName, moment, newest);
        BackupName parsed = naming.parse(liveName, name);
        if (parsed == null || parsed.order() <= newest) {
            throw new IllegalStateException("naming gave " + name + " and does not know it as the newest backup");
        }
        try {
            ops.rename(live, folder.resolve(name));
            newest = parsed.order();
            return folder.resolve(name);
        } catch (FileAlreadyExistsException e) {
            newest = parsed.order();
            return null;
        }
    }
}
