package io.github.hubbleexport.config;

import io.github.hubbleexport.problem.ConfigException;
import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;
import java.io.IOException;
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
    private volatile boolean handsOver;

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

    /** Begins where another one has ended, which was told that it {@link #handsOver}. */
    void follow(HandoverSink predecessor) {
        target = predecessor.target;
        turn.countDown();
    }

    /** Lets its end leave the sink open for the one that follows. */
    void handsOver() {
        handsOver = true;
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
    public void close() throws IOException {
        Sink current = target;
        if (current != null && !handsOver) {
            current.close();
        }
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
