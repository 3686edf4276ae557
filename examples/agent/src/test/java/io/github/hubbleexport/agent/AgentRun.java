package io.github.hubbleexport.agent;

import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Runs the program within the test, with streams that the test can look into. Its clock stands still, unless the test
 * moves it or gives another, and its pauses take no time.
 */
final class AgentRun {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong();
    private InputStream in = new ByteArrayInputStream(new byte[0]);
    private LongSupplier nanos = now::get;
    private boolean terminal;

    AgentRun stdin(InputStream input) {
        in = input;
        return this;
    }

    AgentRun stdin(byte[] input) {
        return stdin(new ByteArrayInputStream(input));
    }

    AgentRun stdin(String input) {
        return stdin(input.getBytes(StandardCharsets.UTF_8));
    }

    /** Somebody watches, and every look at the clock finds that so many nanoseconds have passed. */
    AgentRun watched(long nanosEachLook) {
        terminal = true;
        nanos = () -> now.addAndGet(nanosEachLook);
        return this;
    }

    /** Runs the program; returns its exit code. */
    int run(String... args) {
        return HubbleExportAgent.commandLine(host()).execute(args);
    }

    Host host() {
        return new Host(
                in,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                terminal,
                Captured::new,
                nanos,
                now::addAndGet);
    }

    /** The nanoseconds that have passed. */
    long elapsed() {
        return now.get();
    }

    /** What it printed on standard output, except for events. */
    String out() {
        return out.toString();
    }

    List<String> outLines() {
        return out().lines().toList();
    }

    String err() {
        return err.toString();
    }

    List<String> errLines() {
        return err().lines().toList();
    }

    /** The events that it wrote to standard output. */
    byte[] events() {
        return stdout.toByteArray();
    }

    List<String> eventLines() {
        return stdout.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private final class Captured extends Sink {
        @Override
        public void write(LineBatch batch) {
            stdout.write(batch.bytes(), batch.offset(), batch.length());
        }
    }
}
