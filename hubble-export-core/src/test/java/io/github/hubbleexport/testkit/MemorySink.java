package io.github.hubbleexport.testkit;

import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.Sink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Keeps what it is given; fails when it is told to. Safe to read from any thread. */
public final class MemorySink extends Sink {

    /** Stands in the way of a write. */
    @FunctionalInterface
    public interface Fault {
        void before(LineBatch batch) throws IOException;
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Fault fault = batch -> {};
    private int lines;
    private int batches;
    private int flushes;
    private int closes;

    @Override
    public void write(LineBatch batch) throws IOException {
        fault.before(batch);
        take(batch, batch.lines());
    }

    /** Takes the first lines of a batch, for faults that tear one. */
    public synchronized void take(LineBatch batch, int count) {
        if (count > 0) {
            bytes.write(batch.bytes(), batch.offset(), batch.lineEnd(count - 1) - batch.offset());
        }
        lines += count;
        batches++;
    }

    @Override
    public synchronized void flush() {
        flushes++;
    }

    @Override
    public synchronized void close() {
        closes++;
        closed.countDown();
    }

    /** Waits until it was closed. */
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    public void fault(Fault next) {
        fault = next;
    }

    public synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    public synchronized int size() {
        return bytes.size();
    }

    public synchronized int lines() {
        return lines;
    }

    public synchronized int batches() {
        return batches;
    }

    public synchronized int flushes() {
        return flushes;
    }

    public synchronized int closes() {
        return closes;
    }
}
