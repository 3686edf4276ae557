package io.github.hubbleexport.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes and compresses the backups of one live file. Run by the background thread. What fails is counted and tried
 * again the next time; a plain backup is deleted only when its archive is whole and on the disk.
 */
final class Housekeeper implements Runnable {

    private final Path live;
    private final Clock clock;
    private final Retention retention;
    private final @Nullable Compression compression;
    private final BackupFolder folder;
    private final FileOps ops;
    private final SinkCounters counters;

    Housekeeper(RotatingSinkSettings settings, SinkCounters counters) {
        live = settings.path();
        clock = settings.clock();
        retention = settings.retention();
        compression = settings.compression();
        ops = settings.ops();
        folder = new BackupFolder(settings);
        this.counters = counters;
    }

    @Override
    public void run() {
        try {
            folder.temporaries().forEach(this::delete);
            sweep(folder.newestFirst());
        } catch (IOException e) {
            counters.failed(SinkOperation.LIST, live, e);
        } catch (RuntimeException | Error e) {
            counters.failed(SinkOperation.HOUSEKEEPING, live, e);
        }
    }

    private void sweep(List<Backup> backups) {
        List<Backup> kept = new ArrayList<>(backups);
        for (Backup expired : retention.expired(backups, clock.instant())) {
            if (kept.remove(expired)) {
                expired.files().forEach(this::expire);
            }
        }
        if (compression != null) {
            compressAll(kept, compression);
        }
    }

    private void expire(Path file) {
        counters.tell(host -> host.deleting(file));
        if (delete(file)) {
            counters.deletions.getAndIncrement();
        }
    }

    private boolean delete(Path file) {
        try {
            ops.delete(file);
            return true;
        } catch (IOException e) {
            counters.failed(SinkOperation.DELETE, file, e);
            return false;
        }
    }

    private void compressAll(List<Backup> backups, Compression how) {
        for (Backup backup : backups) {
            Path plain = folder.resolve(backup.name());
            if (backup.files().contains(plain)) {
                compress(plain, how);
            }
        }
    }

    /** An archive that is already there beside its plain file may be half of one, so it is made again. */
    private void compress(Path plain, Compression how) {
        Path archive = folder.resolve(plain.getFileName() + how.suffix());
        Path temporary = folder.resolve(archive.getFileName() + BackupFolder.TEMPORARY);
        try {
            pack(plain, temporary, how);
            ops.copyMode(plain, temporary);
            ops.sync(temporary);
            ops.replace(temporary, archive);
        } catch (IOException | RuntimeException | Error e) {
            counters.failed(SinkOperation.COMPRESS, plain, e);
            delete(temporary);
            return;
        }
        counters.compressions.getAndIncrement();
        counters.tell(host -> host.compressed(plain, archive));
        delete(plain);
    }

    private void pack(Path plain, Path temporary, Compression how) throws IOException {
        try (InputStream in = ops.read(plain);
                OutputStream archive = ops.create(temporary);
                OutputStream out = how.open(archive)) {
            in.transferTo(out);
        }
    }
}
