package io.github.hubbleexport.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Makes archives of plain backups. A plain backup is left to be deleted only when its archive is whole and on the disk. For
 * the background thread only.
 */
final class BackupCompressor {

    private final Compression how;
    private final BackupFolder folder;
    private final FileOps ops;
    private final SinkCounters counters;

    BackupCompressor(Compression how, BackupFolder folder, FileOps ops, SinkCounters counters) {
        this.how = how;
        this.folder = folder;
        this.ops = ops;
        this.counters = counters;
    }

    /**
     * Makes the archive. One that is already there beside its plain file may be half of one, so it is made again.
     *
     * @return false if that failed, which has been counted; a temporary file may be left
     */
    boolean compress(Path plain) {
        Path archive = folder.resolve(plain.getFileName() + how.suffix());
        try {
            pack(plain, temporary(plain));
            ops.copyMode(plain, temporary(plain));
            ops.sync(temporary(plain));
            ops.replace(temporary(plain), archive);
        } catch (IOException | RuntimeException | Error e) {
            counters.failed(SinkOperation.COMPRESS, plain, e);
            return false;
        }
        counters.compressions.getAndIncrement();
        counters.tell(host -> host.compressed(plain, archive));
        return true;
    }

    /** Where an archive grows until it is whole. */
    Path temporary(Path plain) {
        return folder.resolve(plain.getFileName() + how.suffix() + BackupFolder.TEMPORARY);
    }

    private void pack(Path plain, Path temporary) throws IOException {
        try (InputStream in = ops.read(plain);
                OutputStream archive = ops.create(temporary);
                OutputStream out = how.open(archive)) {
            in.transferTo(out);
        }
    }
}
