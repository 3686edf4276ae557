package io.github.hubbleexport.sink;

import static java.util.Objects.requireNonNull;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes lines to the standard output of the process, a whole batch at a time, and never closes it.
 *
 * <p>It goes to the file descriptor and past {@link System#out}, which hides failures; what the host printed there and
 * did not flush may come out later. When a write fails nobody can say how much of it came out, so the next one begins
 * with a newline: half a line is never glued to another, at the price of an empty line where nothing had come out.
 */
public final class StdoutSink extends Sink {

    private final OutputStream out;
    private boolean torn;
    private boolean closed;

    /** Makes a sink for the standard output of this process. */
    public StdoutSink() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StdoutSink(OutputStream out) {
        this.out = requireNonNull(out, "out");
    }

    @Override
    public void write(LineBatch batch) throws IOException {
        if (closed) {
            throw new IOException("the sink is closed");
        }
        if (batch.isEmpty()) {
            return;
        }
        boolean wasTorn = torn;
        torn = true;
        if (wasTorn) {
            out.write('\n');
        }
        out.write(batch.bytes(), batch.offset(), batch.length());
        torn = false;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public String toString() {
        return "standard output";
    }

    /** Flushes and takes no more lines; standard output stays open. */
    @Override
    public void close() throws IOException {
        closed = true;
        out.flush();
    }
}
