package io.github.hubbleexport.config;

import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.sink.StdoutSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/** Destinations as the file names them: rotated files, and the standard output, to which entries write in turns. */
final class FileSinks implements EntrySinks {

    private final ReentrantLock stdoutTurn = new ReentrantLock();
    private final StdoutSink stdout = new StdoutSink();

    @Override
    public Sink open(FlowLogConfig entry) {
        if (entry.isStdout()) {
            return new Stdout();
        }
        return RotatingSink.builder(Path.of(entry.filePath()))
                .maxFileSizeMb(entry.fileMaxSizeMb())
                .maxBackups(entry.fileMaxBackups())
                .compress(entry.fileCompress())
                .build();
    }

    /** One of several that share the standard output: a batch is never torn by another one. */
    private final class Stdout extends Sink {
        @Override
        public void write(LineBatch batch) throws IOException {
            stdoutTurn.lock();
            try {
                stdout.write(batch);
            } finally {
                stdoutTurn.unlock();
            }
        }
    }
}
