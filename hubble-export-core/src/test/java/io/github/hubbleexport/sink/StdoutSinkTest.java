package io.github.hubbleexport.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class StdoutSinkTest extends SinkContractTest {

    private ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Override
    protected Sink open() {
        out = new ByteArrayOutputStream();
        return new StdoutSink(out);
    }

    @Override
    protected String delivered() {
        return out.toString(UTF_8);
    }

    @Test
    @DisplayName("row 34: stdout is never closed")
    void writesABatchAtOnceAndNeverCloses() throws IOException {
        Recorder recorder = new Recorder(out);
        try (StdoutSink sink = new StdoutSink(recorder)) {
            sink.write(Lines.batch("one", "two", "three"));
        }
        assertThat(recorder.writes).isEqualTo(1);
        assertThat(recorder.closed).isFalse();
    }

    @Test
    @DisplayName("row 34: a failed write on stdout is recovered from without glued lines")
    void neverGluesALineToHalfOfAnother() throws IOException {
        Recorder recorder = new Recorder(out);
        StdoutSink sink = new StdoutSink(recorder);
        sink.write(Lines.batch("zero"));
        recorder.bytesUntilFull = 6;
        assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("one", "two")));
        assertThatIOException().isThrownBy(() -> sink.write(Lines.batch("three")));
        recorder.bytesUntilFull = Integer.MAX_VALUE;
        sink.write(Lines.batch("four"));
        sink.write(Lines.batch("five"));
        assertThat(delivered()).isEqualTo("zero\none\ntw\nfour\nfive\n");
    }

    @Test
    void goesToTheRealStandardOutput() throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                ClassPath.of(StdoutSink.class, Host.class),
                Host.class.getName());
        Process process = java.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo("one\ntwo\nstill open\n");
    }

    /** Writes through the sink, closes it, and prints again. */
    static final class Host {

        private Host() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] args) throws IOException {
            try (StdoutSink sink = new StdoutSink()) {
                sink.write(Lines.batch("one", "two"));
            }
            System.out.print("still open\n");
            System.out.flush();
        }
    }

    private static final class Recorder extends FilterOutputStream {

        private int writes;
        private int bytesUntilFull = Integer.MAX_VALUE;
        private boolean closed;

        Recorder(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writes++;
            int taken = Math.min(length, bytesUntilFull);
            out.write(bytes, offset, taken);
            bytesUntilFull -= taken;
            if (taken < length) {
                throw new IOException("pipe is full");
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
