package io.github.hubbleexport.bench;

import io.github.hubbleexport.ExportOutcome;
import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.bench.rival.SinkRival;
import io.github.hubbleexport.bench.rival.WireEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.openjdk.jmh.annotations.Benchmark;

/** From wire bytes to lines with every field in files that rotate, without fsync; and a bare write of the same bytes. */
public class FileBenchmark extends FilesBenchmark {

    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int FILE_BYTES = SinkRival.MAX_FILE_MB << 20;

    private int[] fileEnds = {};

    @Override
    void begin() throws Exception {
        warm(this::export);
    }

    /** The exporter as a host builds it, from its first event to its close. */
    @Benchmark
    public long export() {
        FlowExporter exporter = new ExporterBuilder()
                .filePath(file())
                .maxFileSizeMb(SinkRival.MAX_FILE_MB)
                .maxBackups(SinkRival.MAX_BACKUPS)
                .build();
        try (exporter) {
            WireEvents all = events();
            for (int event = 0; event < all.count(); event++) {
                ExportOutcome unused = exporter.export(all.bytes(), all.offset(event), all.length(event));
            }
        }
        return exporter.counters().written();
    }

    @Override
    void folderIsMade() {
        fileEnds = lines().fileEnds(FILE_BYTES);
    }

    /** The bytes of all lines in blocks of 64 KiB; when 10 MiB are full the file is renamed and another one made. */
    @Benchmark
    public int write() throws IOException {
        int from = 0;
        for (int number = 0; number < fileEnds.length; number++) {
            if (number > 0) {
                Files.move(file(), backup(number));
            }
            writeFile(lines().all(), from, fileEnds[number]);
            from = fileEnds[number];
        }
        return from;
    }

    private Path backup(int number) {
        return file().resolveSibling("flows-" + number + ".log");
    }

    private void writeFile(byte[] bytes, int from, int to) throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int at = from; at < to; at += BLOCK_BYTES) {
                ByteBuffer block = ByteBuffer.wrap(bytes, at, Math.min(BLOCK_BYTES, to - at));
                while (block.hasRemaining()) {
                    channel.write(block);
                }
            }
        }
    }
}
