package io.github.hubbleexport.faults;

import io.github.hubbleexport.sink.LineBatch;
import io.github.hubbleexport.sink.PartialWriteException;
import io.github.hubbleexport.sink.RotatingSink;
import io.github.hubbleexport.sink.Sink;
import java.io.IOException;
import java.util.Random;

/** Writes to a file, and now and then refuses a batch, takes a part of one, rotates, or is slow. */
final class StumblingSink extends Sink {

    private static final int ONE_IN = 40;
    private static final int SLOW_TURNS = 100_000;

    private final RotatingSink inner;
    private final Random random;

    /** Batches that were not taken whole; for the writing thread, and for others when it has ended. */
    int stumbles;

    StumblingSink(RotatingSink inner, long seed) {
        this.inner = inner;
        this.random = new Random(seed);
    }

    @Override
    public void write(LineBatch batch) throws IOException {
        switch (random.nextInt(ONE_IN)) {
            case 0 -> refuse();
            case 1 -> breakDown();
            case 2 -> takePart(batch);
            case 3 -> inner.rotate();
            case 4 -> beSlow();
            default -> {}
        }
        inner.write(batch);
    }

    @Override
    public void flush() throws IOException {
        inner.flush();
        if (random.nextInt(ONE_IN) == 0) {
            throw new IOException("a flush that fails");
        }
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }

    private void refuse() throws IOException {
        stumbles++;
        throw new IOException("a batch refused");
    }

    private void breakDown() {
        stumbles++;
        if (random.nextBoolean()) {
            throw new IllegalStateException("a sink out of order");
        }
        throw new StackOverflowError("not a real one");
    }

    private void takePart(LineBatch batch) throws IOException {
        stumbles++;
        int lines = random.nextInt(batch.lines() + 1);
        LineBatch part = new LineBatch(batch.length());
        int start = batch.offset();
        for (int line = 0; line < lines; line++) {
            part.append(batch.bytes(), start, batch.lineEnd(line) - start);
            start = batch.lineEnd(line);
        }
        inner.write(part);
        throw new PartialWriteException(lines, new IOException("the rest refused"));
    }

    private static void beSlow() {
        for (int turn = 0; turn < SLOW_TURNS; turn++) {
            Thread.onSpinWait();
        }
    }
}
