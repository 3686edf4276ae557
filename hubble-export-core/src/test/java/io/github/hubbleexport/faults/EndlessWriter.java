package io.github.hubbleexport.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.hubbleexport.ExporterBuilder;
import io.github.hubbleexport.FlowExporter;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.RotationListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A child that writes, rotates and compresses until it is killed. It tells on its standard output, a line at a time, what
 * was flushed ({@code ack <writer> <number>}), and when it {@code rotated} and {@code compressed}.
 */
final class EndlessWriter {

    static final int FILE_BYTES = 96 * 1024;

    private static final int THREADS = 4;
    private static final int EVENTS_A_FLUSH = 64;
    private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private EndlessWriter() {}

    /** Arguments: the file, and a name for this run. */
    public static void main(String[] args) {
        RotatingSink sink = sink(Path.of(args[0]), new Teller());
        FlowExporter exporter = new ExporterBuilder().sink(sink).build();
        for (int i = 0; i < THREADS; i++) {
            String writer = args[1] + "-" + i;
            new Thread(() -> write(exporter, writer), writer).start();
        }
    }

    /** Small files that are compressed and never deleted. */
    static RotatingSink sink(Path live, RotationListener listener) {
        return RotatingSink.builder(live)
                .maxFileBytes(FILE_BYTES)
                .maxBackups(0)
                .compress(true)
                .listener(listener)
                .build();
    }

    private static void write(FlowExporter exporter, String writer) {
        for (int number = 0; number < Integer.MAX_VALUE; number++) {
            exporter.export(Numbered.event(writer, number));
            if (number % EVENTS_A_FLUSH == EVENTS_A_FLUSH - 1) {
                exporter.flush();
                tell("ack " + writer + " " + number);
            }
        }
    }

    private static void tell(String line) {
        try {
            OUT.write((line + "\n").getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Teller implements RotationListener {
        @Override
        public void rotated(Path live, Path backup) {
            tell("rotated");
        }

        @Override
        public void compressed(Path backup, Path archive) {
            tell("compressed");
        }
    }
}
