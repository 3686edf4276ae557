package io.github.hubbleexport.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deletes and compresses the backups of one live file. Run by the background thread. What fails is counted and tried
 * again after a growing pause, or with the next rotation.
 */
final class Housekeeper {

    /** There is nothing to do before the next rotation. */
    static final long NOTHING = Long.MAX_VALUE;

    /** Pauses before what failed is tried again. */
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Path live;
    private final Clock clock;
    private final Retention retention;
    private final BackupFolder folder;
    private final FileOps ops;
    private final SinkCounters counters;
    private final GracePeriod grace;
    private final GrowingPause retry;
    private final @Nullable BackupCompressor compressor;

    private boolean allDone;
    private long nextDue;

    Housekeeper(RotatingSinkSettings settings, SinkCounters counters) {
        live = settings.path();
        clock = settings.clock();
        retention = settings.retention();
        ops = settings.ops();
        folder = new BackupFolder(settings);
        grace = new GracePeriod(settings.compressAfter(), clock, settings.ticker());
        retry = new GrowingPause(settings.ticker(), FIRST_PAUSE, LONGEST_PAUSE);
        Compression how = settings.compression();
        compressor = how == null ? null : new BackupCompressor(how, folder, ops, counters);
        this.counters = counters;
    }

    /** Does what can be done now; returns the nanoseconds after which there is more to do, or {@link #NOTHING}. */
    long tidy() {
        allDone = true;
        nextDue = NOTHING;
        try {
            folder.temporaries().forEach(this::delete);
            sweep(folder.newestFirst());
        } catch (IOException e) {
            failed(SinkOperation.LIST, live, e);
        } catch (RuntimeException | Error e) {
            failed(SinkOperation.HOUSEKEEPING, live, e);
        }
        return Math.min(nextDue, nanosToRetry());
    }

    private long nanosToRetry() {
        if (allDone) {
            retry.succeeded();
            return NOTHING;
        }
        retry.failed();
        return retry.left();
    }

    private void sweep(List<Backup> backups) {
        List<Backup> kept = new ArrayList<>(backups);
        for (Backup expired : retention.expired(backups, clock.instant())) {
            if (kept.remove(expired)) {
                expired.files().forEach(this::expire);
            }
        }
        if (compressor != null) {
            compressAll(kept, compressor);
        }
    }

    private void expire(Path file) {
        if (mayNow(host -> host.deleting(file)) && delete(file)) {
            counters.deletions.getAndIncrement();
        }
    }

    private void compressAll(List<Backup> backups, BackupCompressor how) {
        grace.forgetAllBut(backups);
        for (Backup backup : backups) {
            Path plain = folder.resolve(backup.name());
            if (backup.files().contains(plain) && isDue(backup)) {
                compress(plain, how);
            }
        }
    }

    private boolean isDue(Backup backup) {
        long left = grace.left(backup);
        nextDue = left > 0 ? Math.min(nextDue, left) : nextDue;
        return left == 0;
    }

    private void compress(Path plain, BackupCompressor how) {
        if (!mayNow(host -> host.compressing(plain))) {
            return;
        }
        if (how.compress(plain)) {
            delete(plain);
        } else {
            allDone = false;
            delete(how.temporary(plain));
        }
    }

    /** A host that throws says: not yet. */
    private boolean mayNow(Consumer<RotationListener> question) {
        boolean may = counters.tell(question);
        allDone &= may;
        return may;
    }

    private boolean delete(Path file) {
        try {
            ops.delete(file);
            return true;
        } catch (IOException e) {
            failed(SinkOperation.DELETE, file, e);
            return false;
        }
    }

    private void failed(SinkOperation operation, Path path, Throwable cause) {
        allDone = false;
        counters.failed(operation, path, cause);
    }
}
