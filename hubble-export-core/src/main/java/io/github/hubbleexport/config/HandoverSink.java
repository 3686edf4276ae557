package io.github.hubbleexport.config;

import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A sink that can follow another one on the same file without a gap: until its turn comes, lines wait in the batch of
 * their exporter, and whoever fills that batch waits here. Then it takes over the sink of its predecessor, or opens its
 * own. What cannot be opened is tried again with every batch.
 */
final class HandoverSink extends Sink {

    private final EntrySinks sinks;
    private final FlowLogConfig entry;
    private final CountDownLatch turn = new CountDownLatch(1);
    private volatile @Nullable Sink target;
    private boolean handsOver;
    private boolean closed;

    HandoverSink(EntrySinks sinks, FlowLogConfig entry) {
        this.sinks = sinks;
        this.entry = entry;
    }

    /** Begins with a sink of its own. */
    void open() throws IOException {
        try {
            target = sinks.open(entry);
        } finally {
            turn.countDown();
        }
    }

    /** Begins where another one has ended, which was told to {@link #handOver}. */
    void follow(HandoverSink predecessor) {
        target = predecessor.target;
        turn.countDown();
    }

    /** Begins without a sink, and opens one with the first batch. */
    void openLater() {
        turn.countDown();
    }

    /** Lets its end leave the sink open for the one that follows. */
    synchronized void handOver() {
        handsOver = true;
    }

    /** Does not hand over after all, because its exporter could not end in time: it closes the sink when it does. */
    synchronized void keep() throws IOException {
        handsOver = false;
        if (closed) {
            closeTarget();
        }
    }

    @Override
    public void write(LineBatch batch) throws IOException {
        awaitTurn();
        opened().write(batch);
    }

    @Override
    public void flush() throws IOException {
        Sink current = target;
        if (current != null) {
            current.flush();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (!handsOver) {
            closeTarget();
        }
    }

    private void closeTarget() throws IOException {
        Sink current = target;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public Map<String, Long> figures() {
        Sink current = target;
        return current == null ? Map.of() : current.figures();
    }

    /** Of the sink that is there; one that is opened or taken over later is described by its entry alone. */
    @Override
    public Map<String, String> settings() {
        Sink current = target;
        return current == null ? Map.of() : current.settings();
    }

    /** What it writes to. */
    @Override
    public String toString() {
        Sink current = target;
        return current == null ? entry.filePath() : current.toString();
    }

    private Sink opened() throws IOException {
        Sink current = target;
        if (current == null) {
            try {
                current = sinks.open(entry);
            } catch (ConfigException e) {
                throw new IOException("cannot be opened: " + e.getMessage(), e);
            }
            target = current;
        }
        return current;
    }

    /** Past interrupts, which are for the host and stay set. */
    private void awaitTurn() {
        boolean interrupted = false;
        while (turn.getCount() > 0) {
            try {
                turn.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
