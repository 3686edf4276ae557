package io.github.hubbleexport.agent;

import io.github.hubbleexport.sink.Sink;
import io.github.hubbleexport.sink.StdoutSink;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the program gets from its surroundings, so that tests can give something else.
 *
 * @param in standard input, not buffered: what has come is read at once
 * @param out for results
 * @param err for progress, summaries and complaints
 * @param errIsTerminal whether a person watches {@code err}
 * @param stdoutSink makes the sink for {@code stdout} as a file path
 * @param nanos a clock that only goes forward, in nanoseconds
 * @param pause waits for about as many nanoseconds
 */
record Host(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean errIsTerminal,
        Supplier<Sink> stdoutSink,
        LongSupplier nanos,
        LongConsumer pause) {

    private static final Path STDERR = Path.of("/proc/self/fd/2");

    /** The surroundings of this process. */
    static Host process() {
        return new Host(
                new FileInputStream(FileDescriptor.in),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                stderrIsTerminal(),
                StdoutSink::new,
                System::nanoTime,
                LockSupport::parkNanos);
    }

    /** Linux tells about standard error itself. */
    private static boolean stderrIsTerminal() {
        if (!Files.exists(STDERR)) {
            return consoleIsTerminal();
        }
        try {
            String target = STDERR.toRealPath().toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException e) {
            return false; // a pipe or a deleted file has no path
        }
    }

    /** Elsewhere only Java up to 21 tells anything: whether input and output are terminals both. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean consoleIsTerminal() {
        return Runtime.version().feature() < 22 && System.console() != null;
    }
}
